package io.pipelab.functions.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one message of the queue says: an SNS envelope around an S3 event, or something else. */
sealed interface PictureMessage {
  /** New pictures. */
  record Pictures(List<Picture> pictures) implements PictureMessage {}

  /** Nothing to do: S3's test event, a message that a person published. */
  record Ignored(String why) implements PictureMessage {}

  /** An object in a bucket; the key as it is, not as events spell it. */
  record Picture(String bucket, String key) {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /** Reads the body of a message. */
  static PictureMessage of(String body) {
    JsonNode envelope = json(body);
    String message =
        envelope.path("Message").isTextual() ? envelope.path("Message").asText() : body;
    JsonNode event = json(message);
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return new Ignored("s3:TestEvent of bucket " + OneLine.of(event.path("Bucket").asText()));
    }
    List<Picture> pictures = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (JsonNode each : event.path("Records")) {
      Picture picture = picture(each.path("s3"));
      if (isNew(each, picture)) {
        pictures.add(picture);
      } else {
        others.add(each.path("eventName").asText("no event") + " " + OneLine.of(picture.key()));
      }
    }
    if (!pictures.isEmpty()) {
      return new Pictures(pictures);
    }
    return new Ignored(
        others.isEmpty()
            ? "no S3 event: " + subject(envelope) + OneLine.of(message)
            : "no new picture in " + Format.INGEST + ": " + String.join(", ", others));
  }

  private static boolean isNew(JsonNode event, Picture picture) {
    return event.path("eventName").asText().startsWith("ObjectCreated:")
        && picture.key().startsWith(Format.INGEST)
        && !picture.key().endsWith("/");
  }

  private static Picture picture(JsonNode s3) {
    return new Picture(
        s3.path("bucket").path("name").asText(),
        // "The s3 key ... is URL encoded. For example, 'red flower.jpg' becomes 'red+flower.jpg'."
        URLDecoder.decode(s3.path("object").path("key").asText(), StandardCharsets.UTF_8));
  }

  private static String subject(JsonNode envelope) {
    String subject = envelope.path("Subject").asText("");
    return subject.isEmpty() ? "" : OneLine.of(subject) + ": ";
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      // A message that a person published by hand.
      return MissingNode.getInstance();
    }
  }
}
