package io.pipelab.report;

import io.pipelab.drive.PeekQueue;
import io.pipelab.drive.QueueState;
import io.pipelab.drive.envelope.ExactJson;
import io.pipelab.drive.envelope.Unfolded;
import io.pipelab.drive.envelope.Unfolding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The messages of a queue, as indented lines and as JSON. */
public final class PeekText {
  /** Of one body; the JSON document has all of it. */
  private static final int MOST_SHOWN = 4_000;

  private static final String INDENT = "  ";

  private final QueueState queue;
  private final Style style;

  public PeekText(QueueState queue, Style style) {
    this.queue = queue;
    this.style = style;
  }

  /** All of a look. */
  public List<String> lines(List<Message> messages) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: about %d visible, %d in flight, %d delayed; %s"
            .formatted(
                queue.name(), queue.visible(), queue.inFlight(), queue.delayed(), deadLetters()));
    for (int i = 0; i < messages.size(); i++) {
      lines.add("");
      lines.addAll(message(messages.get(i), i + 1));
    }
    return lines;
  }

  private String deadLetters() {
    return queue.countsReceives()
        ? "after %d receives a message goes to %s"
            .formatted(queue.maxReceiveCount(), queue.deadLetterQueue())
        : "no dead-letter queue";
  }

  private List<String> message(Message message, int number) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong("message " + number + "  " + message.messageId()));
    lines.add(INDENT + "sent " + sent(message) + ", " + received(message));
    system(message).forEach((name, value) -> lines.add(INDENT + style.faint(name) + " " + value));
    message
        .messageAttributes()
        .forEach(
            (name, value) ->
                lines.add(
                    INDENT
                        + style.faint("attribute " + name)
                        + " "
                        + text(value)
                        + " ("
                        + value.dataType()
                        + ")"));
    lines.addAll(lines(Unfolding.of(message.body()), INDENT));
    return lines;
  }

  private String received(Message message) {
    int receives = PeekQueue.receives(message);
    String times = receives == 1 ? "received once" : "received " + receives + " times";
    if (!queue.countsReceives()) {
      return times;
    }
    int left = queue.receivesLeft(receives);
    return left == 0
        ? times + " of " + queue.maxReceiveCount() + ": " + style.bad("none left")
        : times + " of " + queue.maxReceiveCount() + ": " + left + " left";
  }

  private static String sent(Message message) {
    String millis = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return millis != null && millis.matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(millis)).toString()
        : "at an unknown time";
  }

  /** What SQS says of it beyond what has words of its own. */
  private static Map<String, String> system(Message message) {
    Map<String, String> system = new LinkedHashMap<>();
    message
        .attributesAsStrings()
        .forEach(
            (name, value) -> {
              if (!List.of(
                      "SentTimestamp",
                      "ApproximateReceiveCount",
                      "ApproximateFirstReceiveTimestamp")
                  .contains(name)) {
                system.put(name, value);
              }
            });
    return system;
  }

  private List<String> lines(Unfolded layer, String indent) {
    List<String> lines = new ArrayList<>();
    if (layer instanceof Unfolded.Envelope envelope) {
      lines.add(indent + style.good(envelope.kind()));
      String deeper = indent + INDENT;
      envelope
          .facts()
          .forEach((name, value) -> lines.add(deeper + style.faint(name) + " " + value));
      envelope.inside().forEach(inside -> lines.addAll(lines(inside, deeper)));
    } else if (layer instanceof Unfolded.Json json) {
      lines.add(indent + style.good("JSON"));
      lines.addAll(block(ExactJson.pretty(json.value()), indent + INDENT));
    } else if (layer instanceof Unfolded.Text text) {
      String broken = text.broken();
      lines.add(indent + style.good("text") + (broken == null ? "" : ", not JSON: " + broken));
      lines.addAll(block(text.text(), indent + INDENT));
    }
    return lines;
  }

  private static List<String> block(String text, String indent) {
    boolean cut = text.length() > MOST_SHOWN;
    List<String> lines = new ArrayList<>();
    (cut ? text.substring(0, MOST_SHOWN) : text).lines().forEach(line -> lines.add(indent + line));
    if (cut) {
      lines.add(
          indent
              + "... and %d characters more: -o json has them all"
                  .formatted(text.length() - MOST_SHOWN));
    }
    return lines;
  }

  /** The part of the document that is about the queue. */
  public Map<String, Object> json(List<Message> messages) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queue.name());
    json.put("url", queue.url());
    json.put("visible", queue.visible());
    json.put("inFlight", queue.inFlight());
    json.put("delayed", queue.delayed());
    json.put("maxReceiveCount", queue.countsReceives() ? queue.maxReceiveCount() : null);
    json.put("deadLetterQueue", queue.countsReceives() ? queue.deadLetterQueue() : null);
    json.put("messages", messages.stream().map(this::json).toList());
    return json;
  }

  private Map<String, Object> json(Message message) {
    int receives = PeekQueue.receives(message);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("messageId", message.messageId());
    json.put("sent", sent(message));
    json.put("receiveCount", receives);
    json.put("receivesLeft", queue.countsReceives() ? queue.receivesLeft(receives) : null);
    json.put("systemAttributes", message.attributesAsStrings());
    Map<String, Object> attributes = new LinkedHashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) ->
                attributes.put(name, Map.of("type", value.dataType(), "value", text(value))));
    json.put("messageAttributes", attributes);
    json.put("body", message.body());
    json.put("unfolded", json(Unfolding.of(message.body())));
    return json;
  }

  private static Map<String, Object> json(Unfolded layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (layer instanceof Unfolded.Envelope envelope) {
      json.put("kind", envelope.kind());
      json.put("facts", envelope.facts());
      json.put("inside", envelope.inside().stream().map(PeekText::json).toList());
    } else if (layer instanceof Unfolded.Json tree) {
      json.put("kind", "JSON");
      json.put("value", tree.value());
    } else if (layer instanceof Unfolded.Text text) {
      json.put("kind", "text");
      json.put("text", text.text());
      json.put("notJson", text.broken());
    }
    return json;
  }

  /** A binary value as base64, which is how the AWS command line shows it. */
  private static String text(MessageAttributeValue value) {
    return value.binaryValue() == null
        ? value.stringValue()
        : Base64.getEncoder().encodeToString(value.binaryValue().asByteArray());
  }
}
