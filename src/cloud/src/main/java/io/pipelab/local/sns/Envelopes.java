package io.pipelab.local.sns;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * The documents in which SNS delivers (SNS Developer Guide, "Amazon SNS message and JSON formats";
 * Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications"). The embedded
 * cloud has no signing certificate: the signature members are there and say so.
 */
final class Envelopes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String UNSIGNED = "UNSIGNED-EMBEDDED-CLOUD";

  private final URI endpoint;

  Envelopes(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** The JSON envelope that a queue gets, unless delivery is raw. */
  String forQueue(Notification notification, Subscription to) {
    ObjectNode envelope =
        JSON.createObjectNode()
            .put("Type", "Notification")
            .put("MessageId", notification.messageId());
    String sequenceNumber = notification.place().sequenceNumber();
    if (sequenceNumber != null) {
      envelope.put("SequenceNumber", sequenceNumber);
    }
    envelope.put("TopicArn", notification.topicArn());
    if (notification.subject() != null) {
      envelope.put("Subject", notification.subject());
    }
    envelope
        .put("Message", notification.textFor(Protocol.SQS))
        .put("Timestamp", TIMESTAMP.format(notification.published()));
    if (sequenceNumber == null) {
      // What comes from a FIFO topic is not signed.
      envelope
          .put("SignatureVersion", "1")
          .put("Signature", UNSIGNED)
          .put("SigningCertURL", endpoint + "/unsigned.pem");
    }
    envelope.put("UnsubscribeURL", unsubscribeUrl(to));
    if (!notification.attributes().isEmpty()) {
      envelope.set("MessageAttributes", attributes(notification.attributes()));
    }
    return envelope.toString();
  }

  /** The event that a function gets. */
  String forFunction(Notification notification, Subscription to) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode record =
        event
            .putArray("Records")
            .addObject()
            .put("EventSource", "aws:sns")
            .put("EventVersion", "1.0")
            .put("EventSubscriptionArn", to.arn);
    record
        .putObject("Sns")
        .put("Type", "Notification")
        .put("MessageId", notification.messageId())
        .put("TopicArn", notification.topicArn())
        .put("Subject", notification.subject())
        .put("Message", notification.textFor(Protocol.LAMBDA))
        .put("Timestamp", TIMESTAMP.format(notification.published()))
        .put("SignatureVersion", "1")
        .put("Signature", UNSIGNED)
        .put("SigningCertUrl", endpoint + "/unsigned.pem")
        .put("UnsubscribeUrl", unsubscribeUrl(to))
        .set("MessageAttributes", attributes(notification.attributes()));
    return event.toString();
  }

  private String unsubscribeUrl(Subscription to) {
    return endpoint + "/?Action=Unsubscribe&SubscriptionArn=" + to.arn;
  }

  private static ObjectNode attributes(Map<String, MessageAttributeValue> attributes) {
    ObjectNode all = JSON.createObjectNode();
    attributes.forEach(
        (name, value) ->
            all.putObject(name)
                .put("Type", value.dataType())
                .put(
                    "Value",
                    value.binaryValue() == null
                        ? value.stringValue()
                        : Base64.getEncoder().encodeToString(value.binaryValue().asByteArray())));
    return all;
  }
}
