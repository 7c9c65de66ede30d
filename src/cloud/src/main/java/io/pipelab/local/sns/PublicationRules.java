package io.pipelab.local.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message may be before it is published (SNS API Reference, "Publish"). */
final class PublicationRules {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 256 KiB for a message and for a whole batch (SNS quotas). */
  static final int MOST_BYTES = 262_144;

  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private PublicationRules() {}

  /**
   * Checks a message for its topic.
   *
   * @throws AwsError InvalidParameter, ParameterValueInvalid
   */
  static void check(Topic topic, Publication publication) {
    if (publication.message() == null || publication.message().isEmpty()) {
      throw invalid("Empty message");
    }
    AttributeRules.check(publication.attributes());
    if (bytes(publication) > MOST_BYTES) {
      throw invalid("Message too long");
    }
    checkSubject(publication.subject());
    byProtocol(publication);
    checkOrder(topic, publication);
  }

  /** Bytes of message and attributes, as SNS counts them. */
  static int bytes(Publication publication) {
    String message = publication.message();
    return (message == null ? 0 : message.getBytes(StandardCharsets.UTF_8).length)
        + AttributeRules.bytes(publication.attributes());
  }

  /** The message by protocol, when it was published with {@code MessageStructure=json}. */
  static Map<String, String> byProtocol(Publication publication) {
    if (!"json".equals(publication.structure())) {
      return Map.of();
    }
    try {
      JsonNode parsed = JSON.readTree(publication.message());
      if (!parsed.path("default").isTextual()) {
        throw invalid("Message Structure - No default entry in JSON message body");
      }
      Map<String, String> byProtocol = new HashMap<>();
      parsed.properties().forEach(each -> byProtocol.put(each.getKey(), each.getValue().asText()));
      return byProtocol;
    } catch (JsonProcessingException e) {
      throw invalid("Message Structure - JSON message body failed to parse");
    }
  }

  private static void checkSubject(@Nullable String subject) {
    if (subject == null) {
      return;
    }
    boolean printable = subject.chars().noneMatch(Character::isISOControl);
    if (subject.isEmpty() || subject.length() > 100 || !printable) {
      throw invalid("Subject");
    }
  }

  /** A FIFO topic wants a group and a deduplication id, which a standard one does not take. */
  private static void checkOrder(Topic topic, Publication publication) {
    checkToken("MessageGroupId", publication.groupId());
    checkToken("MessageDeduplicationId", publication.deduplicationId());
    if (!topic.fifo()) {
      if (publication.deduplicationId() != null) {
        throw invalid(
            "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
                + " that is not valid for this topic type");
      }
      return;
    }
    if (publication.groupId() == null) {
      throw invalid("The MessageGroupId parameter is required for FIFO topics");
    }
    if (publication.deduplicationId() == null && !topic.deduplicatesByContent()) {
      throw invalid(
          "The topic should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
  }

  private static void checkToken(String parameter, @Nullable String value) {
    if (value != null && !TOKEN.matcher(value).matches()) {
      throw invalid(
          parameter
              + " Reason: "
              + parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
  }

  static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
