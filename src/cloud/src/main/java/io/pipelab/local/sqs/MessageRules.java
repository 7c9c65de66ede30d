package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.MessageContent;
import io.pipelab.local.sqs.engine.NewMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;

/** What a message may be (Amazon SQS Developer Guide, "Message quotas"). */
final class MessageRules {
  /** 1 MiB for one message and for a whole batch, since August 2025. */
  static final int MAX_BYTES = 1_048_576;

  private static final int MAX_ATTRIBUTES = 10;
  private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final Pattern FIFO_TOKEN =
      Pattern.compile("[A-Za-z0-9!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]{1,128}");

  private MessageRules() {}

  /** Bytes that count against the limit: body, and each attribute's name, type and value. */
  static int size(SendEntry entry) {
    int size = bytes(entry.body());
    for (Map.Entry<String, MessageAttributeValue> each : entry.attributes().entrySet()) {
      MessageAttributeValue value = each.getValue();
      size += bytes(each.getKey()) + bytes(value.dataType());
      size +=
          value.binaryValue() == null
              ? bytes(value.stringValue())
              : value.binaryValue().asByteArrayUnsafe().length;
    }
    return size;
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * A message for the engine, after it was checked for its queue.
   *
   * @param size its {@link #size}
   * @throws AwsError MissingParameter, InvalidParameterValue, InvalidMessageContents
   */
  static NewMessage checked(Queue queue, SendEntry message, int size) {
    String body = message.body();
    if (body == null || body.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter MessageBody.");
    }
    checkCharacters(body);
    checkAttributes(message.attributes());
    int limit = queue.number("MaximumMessageSize");
    if (size > limit) {
      throw invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + limit
              + " bytes.");
    }
    checkDelay(queue, message.delaySeconds());
    checkFifo(queue, message);
    return new NewMessage(
        MessageContent.of(body, Attributes.of(message.attributes()), traceHeader(message)),
        message.delaySeconds(),
        message.groupId(),
        message.deduplicationId());
  }

  /** The one system attribute that a sender may set. */
  private static @Nullable String traceHeader(SendEntry message) {
    message
        .systemAttributes()
        .forEach(
            (name, value) -> {
              if (name != MessageSystemAttributeNameForSends.AWS_TRACE_HEADER
                  || !"String".equals(value.dataType())
                  || value.stringValue() == null) {
                throw invalid("Message system attribute name '" + name + "' is invalid.");
              }
            });
    return message.traceHeader();
  }

  private static void checkCharacters(String body) {
    int index = 0;
    while (index < body.length()) {
      int point = body.codePointAt(index);
      boolean allowed =
          point == 0x9
              || point == 0xA
              || point == 0xD
              || point >= 0x20 && point <= 0xD7FF
              || point >= 0xE000 && point <= 0xFFFD
              || point >= 0x10000;
      if (!allowed) {
        throw AwsError.badRequest(
            "InvalidMessageContents",
            "Invalid binary character '#x"
                + Integer.toHexString(point).toUpperCase(java.util.Locale.ROOT)
                + "' was found in the message body, the set of allowed characters is #x9 | #xA |"
                + " #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
      }
      index += Character.charCount(point);
    }
  }

  private static void checkAttributes(Map<String, MessageAttributeValue> attributes) {
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw invalid(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum ["
              + MAX_ATTRIBUTES
              + "].");
    }
    attributes.forEach(MessageRules::checkAttribute);
  }

  private static void checkAttribute(String name, MessageAttributeValue value) {
    if (!ATTRIBUTE_NAME.matcher(name).matches()) {
      throw invalid("Message (user) attribute name '" + name + "' is invalid.");
    }
    String type = value.dataType();
    if (type == null || type.isEmpty()) {
      throw invalid("The message attribute '" + name + "' must contain message attribute type.");
    }
    String base = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
    boolean empty =
        switch (base) {
          case "String", "Number" -> value.stringValue() == null || value.stringValue().isEmpty();
          case "Binary" ->
              value.binaryValue() == null || value.binaryValue().asByteArrayUnsafe().length == 0;
          default ->
              throw invalid(
                  "The message attribute '"
                      + name
                      + "' has an invalid message attribute type, the set of supported type"
                      + " prefixes is Binary, Number, and String.");
        };
    if (empty) {
      throw invalid(
          "The message attribute '"
              + name
              + "' must contain a non-empty message attribute value for message attribute type '"
              + base
              + "'.");
    }
    if (base.equals("Number")) {
      checkNumber(name, value.stringValue());
    }
  }

  private static void checkNumber(String name, String text) {
    try {
      new java.math.BigDecimal(text);
    } catch (NumberFormatException e) {
      throw invalid("Can't cast the value of message (user) attribute '" + name + "' to a number.");
    }
  }

  private static void checkDelay(Queue queue, @Nullable Integer seconds) {
    if (seconds == null) {
      return;
    }
    if (seconds < 0 || seconds > 900) {
      throw invalid(
          "Value "
              + seconds
              + " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <="
              + " 900.");
    }
    if (queue.fifo() && seconds > 0) {
      throw invalid(
          "Value "
              + seconds
              + " for parameter DelaySeconds is invalid. Reason: The request include parameter"
              + " that is not valid for this queue type.");
    }
  }

  private static void checkFifo(Queue queue, SendEntry message) {
    checkToken("MessageGroupId", message.groupId());
    checkToken("MessageDeduplicationId", message.deduplicationId());
    if (!queue.fifo()) {
      if (message.deduplicationId() != null) {
        throw invalid(
            "Value "
                + message.deduplicationId()
                + " for parameter MessageDeduplicationId is invalid. Reason: The request include"
                + " parameter that is not valid for this queue type.");
      }
      return;
    }
    if (message.groupId() == null) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter MessageGroupId.");
    }
    if (message.deduplicationId() == null
        && !"true".equals(queue.attribute("ContentBasedDeduplication"))) {
      throw invalid(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
  }

  private static void checkToken(String parameter, @Nullable String value) {
    if (value != null && !FIFO_TOKEN.matcher(value).matches()) {
      throw invalid(
          "Value "
              + value
              + " for parameter "
              + parameter
              + " is invalid. Reason: "
              + parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
  }

  /** Refuses a number outside of its range; none is fine. */
  static void between(@Nullable Integer value, int from, int to, String parameter) {
    if (value != null && (value < from || value > to)) {
      throw invalid(
          "Value "
              + value
              + " for parameter "
              + parameter
              + " is invalid. Reason: Must be >= "
              + from
              + " and <= "
              + to
              + ", if provided.");
    }
  }

  static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterValue", message);
  }
}
