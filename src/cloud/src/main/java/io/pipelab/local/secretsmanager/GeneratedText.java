package io.pipelab.local.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The GenerateSecretString property of AWS::SecretsManager::Secret. */
final class GeneratedText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS =
      Set.of(
          "ExcludeCharacters",
          "ExcludeLowercase",
          "ExcludeNumbers",
          "ExcludePunctuation",
          "ExcludeUppercase",
          "GenerateStringKey",
          "IncludeSpace",
          "PasswordLength",
          "RequireEachIncludedType",
          "SecretStringTemplate");

  private GeneratedText() {}

  /**
   * A new secret's text: a password, or the template's JSON with a password under the key.
   *
   * @throws AwsError for rules that leave no password, or a template that is not a JSON object
   */
  static String of(JsonNode rules) {
    for (var member : rules.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw AwsError.notImplemented("GenerateSecretString." + member.getKey());
      }
    }
    String password =
        PasswordRules.of(
                rules.has("PasswordLength") ? rules.path("PasswordLength").asLong() : null,
                text(rules, "ExcludeCharacters"),
                flag(rules, "ExcludeLowercase"),
                flag(rules, "ExcludeUppercase"),
                flag(rules, "ExcludeNumbers"),
                flag(rules, "ExcludePunctuation"),
                flag(rules, "IncludeSpace"),
                flag(rules, "RequireEachIncludedType"))
            .generate();
    String template = text(rules, "SecretStringTemplate");
    String key = text(rules, "GenerateStringKey");
    if (template == null && key == null) {
      return password;
    }
    if (template == null || key == null) {
      throw Errors.parameter(
          "SecretStringTemplate and GenerateStringKey must be specified together.");
    }
    ObjectNode object = object(template);
    object.put(key, password);
    return object.toString();
  }

  private static ObjectNode object(String template) {
    try {
      if (JSON.readTree(template) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static AwsError invalid() {
    return Errors.parameter("The SecretStringTemplate is not a valid JSON object.");
  }

  private static @Nullable String text(JsonNode rules, String member) {
    return rules.has(member) ? rules.path(member).asText() : null;
  }

  private static @Nullable Boolean flag(JsonNode rules, String member) {
    return rules.has(member) ? Boolean.valueOf(rules.path(member).asText()) : null;
  }
}
