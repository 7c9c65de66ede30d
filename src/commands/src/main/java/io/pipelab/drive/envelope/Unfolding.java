package io.pipelab.drive.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.drive.envelope.Unfolded.Envelope;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Takes the body of a message apart, envelope by envelope. The shapes are those of the pages
 * "Parsing message formats" (SNS), "Event message structure" (S3), "Events" (EventBridge) and
 * "Using AWS Lambda with Amazon SNS" and "SQS".
 */
public final class Unfolding {
  /** Envelopes in envelopes; what is further inside is shown as it is. */
  private static final int DEEPEST = 8;

  private record Shape(Predicate<JsonNode> fits, Opener opener) {}

  private interface Opener {
    Unfolded open(JsonNode value, int depth);
  }

  /** The first that fits. */
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(Unfolding::isNotification, Unfolding::notification),
          new Shape(Unfolding::isTestEvent, (value, depth) -> testEvent(value)),
          new Shape(
              records("eventSource", "aws:s3"),
              (value, depth) -> perRecord("S3 event", value, Unfolding::s3Record)),
          new Shape(
              records("EventSource", "aws:sns"),
              (value, depth) ->
                  perRecord(
                      "Lambda event of SNS",
                      value,
                      each -> notification(each.path("Sns"), depth + 1))),
          new Shape(
              records("eventSource", "aws:sqs"),
              (value, depth) ->
                  perRecord("Lambda event of SQS", value, each -> sqsRecord(each, depth + 1))),
          new Shape(Unfolding::isEventBridge, Unfolding::eventBridge));

  private Unfolding() {}

  /** Unfolds a body; every text is something, if only text. */
  public static Unfolded of(String body) {
    return text(body, 0);
  }

  private static Unfolded text(String text, int depth) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return new Unfolded.Text(text, null);
    }
    try {
      return json(ExactJson.read(text), depth);
    } catch (JsonProcessingException e) {
      return new Unfolded.Text(text, ExactJson.why(e));
    }
  }

  private static Unfolded json(JsonNode value, int depth) {
    if (depth < DEEPEST && value.isObject()) {
      for (Shape shape : SHAPES) {
        if (shape.fits().test(value)) {
          return shape.opener().open(value, depth);
        }
      }
    }
    return value.isContainerNode()
        ? new Unfolded.Json(value)
        : new Unfolded.Text(value.asText(), null);
  }

  private static boolean isNotification(JsonNode value) {
    return value.path("Type").asText().equals("Notification")
        && value.path("TopicArn").isTextual()
        && value.path("Message").isTextual();
  }

  private static Unfolded notification(JsonNode value, int depth) {
    Map<String, String> facts = facts(value, "TopicArn", "Subject", "MessageId", "Timestamp");
    value
        .path("MessageAttributes")
        .properties()
        .forEach(
            each ->
                facts.put(
                    "attribute " + each.getKey(),
                    each.getValue().path("Value").asText()
                        + " ("
                        + each.getValue().path("Type").asText()
                        + ")"));
    return new Envelope(
        "SNS notification", facts, List.of(text(value.path("Message").asText(), depth + 1)));
  }

  private static boolean isTestEvent(JsonNode value) {
    return value.path("Event").asText().equals("s3:TestEvent");
  }

  private static Unfolded testEvent(JsonNode value) {
    return new Envelope(
        "s3:TestEvent", facts(value, "Bucket", "Time", "RequestId", "HostId"), List.of());
  }

  private static Unfolded s3Record(JsonNode event) {
    JsonNode bucket = event.path("s3").path("bucket");
    JsonNode object = event.path("s3").path("object");
    Map<String, String> facts = facts(event, "eventName", "eventTime", "awsRegion");
    facts.put(
        "object", "s3://" + bucket.path("name").asText() + "/" + key(object.path("key").asText()));
    facts.putAll(facts(object, "key", "size", "eTag", "versionId", "sequencer"));
    facts.putAll(facts(event.path("s3"), "configurationId"));
    return new Envelope("S3 record", facts, List.of());
  }

  /** Keys come as forms have them: a plus sign is a space. */
  private static String key(String spelled) {
    try {
      return URLDecoder.decode(spelled, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return spelled; // S3 writes none such, but anybody can send one
    }
  }

  private static Unfolded sqsRecord(JsonNode record, int depth) {
    Map<String, String> facts = facts(record, "messageId", "eventSourceARN");
    return new Envelope("SQS record", facts, List.of(text(record.path("body").asText(), depth)));
  }

  private static boolean isEventBridge(JsonNode value) {
    return value.path("detail-type").isTextual()
        && value.path("source").isTextual()
        && value.has("detail");
  }

  private static Unfolded eventBridge(JsonNode value, int depth) {
    Map<String, String> facts =
        facts(value, "detail-type", "source", "id", "time", "region", "account");
    List<String> resources = new ArrayList<>();
    value.path("resources").forEach(each -> resources.add(each.asText()));
    if (!resources.isEmpty()) {
      facts.put("resources", String.join(", ", resources));
    }
    return new Envelope("EventBridge event", facts, List.of(json(value.path("detail"), depth + 1)));
  }

  private static Unfolded perRecord(
      String kind, JsonNode value, Function<JsonNode, Unfolded> opener) {
    List<Unfolded> inside = new ArrayList<>();
    value.path("Records").forEach(each -> inside.add(opener.apply(each)));
    return new Envelope(kind, Map.of(), inside);
  }

  /** All records are of that source: a mixture is nothing that a service writes. */
  private static Predicate<JsonNode> records(String member, String source) {
    return value -> {
      JsonNode records = value.path("Records");
      return records.isArray()
          && !records.isEmpty()
          && StreamSupport.stream(records.spliterator(), false)
              .allMatch(each -> each.path(member).asText().equals(source));
    };
  }

  /** Those of the members that are there and are no containers. */
  private static Map<String, String> facts(JsonNode value, String... members) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String member : members) {
      JsonNode fact = value.path(member);
      if (fact.isValueNode() && !fact.isNull()) {
        facts.put(member, fact.asText());
      }
    }
    return facts;
  }
}
