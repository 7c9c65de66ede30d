package io.pipelab.local.sns;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * What message attributes may be (SNS Developer Guide, "Message attribute items and validation").
 */
final class AttributeRules {
  private static final int MOST_NAME_BYTES = 256;

  private AttributeRules() {}

  /**
   * Checks all attributes of a message.
   *
   * @throws AwsError ParameterValueInvalid
   */
  static void check(Map<String, MessageAttributeValue> attributes) {
    attributes.forEach(
        (name, value) -> {
          checkName(name);
          checkValue(name, value);
        });
  }

  /** Bytes of names, types and values, which count against the message's limit. */
  static int bytes(Map<String, MessageAttributeValue> attributes) {
    int bytes = 0;
    for (Map.Entry<String, MessageAttributeValue> each : attributes.entrySet()) {
      MessageAttributeValue value = each.getValue();
      bytes += utf8(each.getKey()) + utf8(value.dataType());
      bytes +=
          value.binaryValue() == null
              ? utf8(value.stringValue())
              : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkName(String name) {
    if (utf8(name) > MOST_NAME_BYTES) {
      throw invalid("Length of message attribute name must be less than 256 bytes.");
    }
    name.chars()
        .filter(each -> !nameCharacter(each))
        .findFirst()
        .ifPresent(
            each -> {
              throw invalid(
                  "Invalid non-alphanumeric character '#x"
                      + Integer.toHexString(each).toUpperCase(Locale.ROOT)
                      + "' was found in the message attribute name. Can only include alphanumeric"
                      + " characters, hyphens, underscores, or dots.");
            });
    if (name.startsWith(".")) {
      throw invalid("Invalid message attribute name starting with character '.' was found.");
    }
    if (name.endsWith(".")) {
      throw invalid("Invalid message attribute name ending with character '.' was found.");
    }
    if (name.contains("..")) {
      throw invalid("Message attribute name can not have successive '.' character.");
    }
  }

  private static boolean nameCharacter(int each) {
    return each >= 'a' && each <= 'z'
        || each >= 'A' && each <= 'Z'
        || each >= '0' && each <= '9'
        || each == '_'
        || each == '-'
        || each == '.';
  }

  private static void checkValue(String name, MessageAttributeValue value) {
    String type = value.dataType();
    String base = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
    boolean binary = base.equals("Binary");
    if (!binary && !base.equals("String") && !base.equals("Number")) {
      throw invalid(
          attribute(name)
              + " has an invalid message attribute type, the set of supported type prefixes is"
              + " Binary, Number, and String.");
    }
    boolean other = binary ? value.stringValue() != null : value.binaryValue() != null;
    if (other) {
      throw invalid(
          attribute(name)
              + " with type '"
              + type
              + "' must use field '"
              + (binary ? "Binary" : "String")
              + "'.");
    }
    boolean empty =
        binary
            ? value.binaryValue() == null || value.binaryValue().asByteArrayUnsafe().length == 0
            : value.stringValue() == null || value.stringValue().isEmpty();
    if (empty) {
      throw invalid(
          attribute(name)
              + " must contain non-empty message attribute value for message attribute type '"
              + type
              + "'.");
    }
  }

  private static String attribute(String name) {
    return "The message attribute '" + name + "'";
  }

  private static AwsError invalid(String why) {
    return AwsError.badRequest("ParameterValueInvalid", why);
  }
}
