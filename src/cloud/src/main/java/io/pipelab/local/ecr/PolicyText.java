package io.pipelab.local.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Policy documents as far as they are checked before they are stored: JSON of the right shape. */
final class PolicyText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyText() {}

  /** A repository policy: an object with a Statement. */
  static String repository(@Nullable String text) {
    return checked(
        text, "Statement", "Invalid parameter at 'PolicyText' failed to satisfy constraint: ");
  }

  /** A lifecycle policy: an object with a list of rules. */
  static String lifecycle(@Nullable String text) {
    return checked(
        text, "rules", "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: ");
  }

  private static String checked(@Nullable String text, String member, String refusal) {
    try {
      JsonNode document = JSON.readTree(text == null ? "" : text);
      if (text != null && document.isObject() && document.has(member)) {
        return text;
      }
    } catch (JsonProcessingException e) {
      throw EcrErrors.invalid(refusal + "'Invalid JSON: " + e.getOriginalMessage() + "'");
    }
    throw EcrErrors.invalid(refusal + "'Invalid repository policy provided'");
  }
}
