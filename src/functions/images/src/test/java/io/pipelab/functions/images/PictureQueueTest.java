package io.pipelab.functions.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

final class PictureQueueTest {
  private final List<String> soon = new ArrayList<>();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> bucket = new TreeMap<>();
  private final RecordingLogger log = new RecordingLogger();

  @Test
  void aPictureIsMadeSmallerAndStoredUnderItsOwnName() throws IOException {
    bucket.put("ingest/lake.jpg", Picture.colour(Scene.LAKE, 1280, 853));

    JsonNode answer = handle(message("m1", created("ingest/lake.jpg")));

    assertEquals("{\"batchItemFailures\":[]}", answer.toString());
    assertTrue(bucket.containsKey("thumbnail/Thumbnail-lake.jpg"));
    assertEquals(
        List.of(
            "stored thumbnail/Thumbnail-lake.jpg 128x85 of s3://pictures/ingest/lake.jpg 1280x853",
            "done: stored 1, ignored 0, failed 0"),
        log.lines);
  }

  @Test
  void keysAreDecodedAndFoldersKept() throws IOException {
    byte[] tiny = Picture.colour(Scene.BALLOON, 50, 40);
    bucket.put("ingest/red flower.jpg", tiny);
    bucket.put("ingest/trip/sea+sky.jpg", tiny);
    bucket.put("ingest/grün 100%.jpg", tiny);

    handle(
        message("m1", created("ingest/red+flower.jpg")),
        message("m2", created("ingest/trip/sea%2Bsky.jpg")),
        message("m3", created("ingest/gr%C3%BCn+100%25.jpg")));

    assertTrue(bucket.containsKey("thumbnail/Thumbnail-red flower.jpg"));
    assertTrue(bucket.containsKey("thumbnail/trip/Thumbnail-sea+sky.jpg"));
    assertTrue(bucket.containsKey("thumbnail/Thumbnail-grün 100%.jpg"));
  }

  @Test
  void everyRecordOfAnEventIsTaken() throws IOException {
    byte[] tiny = Picture.colour(Scene.BALLOON, 50, 40);
    bucket.put("ingest/a.jpg", tiny);
    bucket.put("ingest/b.jpg", tiny);
    ObjectNode both = created("ingest/a.jpg");
    ((ArrayNode) both.path("Records")).add(created("ingest/b.jpg").path("Records").path(0));

    handle(message("m1", both));

    assertEquals(4, bucket.size());
    assertEquals("done: stored 2, ignored 0, failed 0", log.lines.get(2));
  }

  @Test
  void aBrokenFileFailsAloneWithAClearLine() throws IOException {
    bucket.put("ingest/good.jpg", Picture.colour(Scene.BALLOON, 50, 40));
    bucket.put("ingest/broken.jpg", Picture.cutOff(Picture.colour(Scene.FLOWER, 600, 400), 0.6));

    JsonNode answer =
        handle(
            message("m1", created("ingest/broken.jpg")), message("m2", created("ingest/good.jpg")));

    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}", answer.toString());
    assertEquals(
        "failed message m1: s3://pictures/ingest/broken.jpg: "
            + "it is cut off: the file ends before the picture does",
        log.lines.get(0));
    assertTrue(bucket.containsKey("thumbnail/Thumbnail-good.jpg"));
  }

  @Test
  void aPictureThatIsNotThereFailsWithS3sWords() throws IOException {
    JsonNode answer = handle(message("m1", created("ingest/gone.jpg")));

    assertEquals(1, answer.path("batchItemFailures").size());
    assertTrue(log.lines.get(0).endsWith("ingest/gone.jpg: NoSuchKey: it is not there"));
  }

  @Test
  void messagesThatAreNoEventsAreLoggedCountedAndDone() throws IOException {
    JsonNode test =
        JSON.readTree("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}");
    ObjectNode hello = envelope("Testing\nHello world");
    hello.put("Subject", "Hello world");

    JsonNode answer =
        handle(
            message("m1", test),
            record("m2", hello.toString()),
            record("m3", "no envelope at all"),
            record("m4", "{\"Message\": 5}"));

    assertEquals(0, answer.path("batchItemFailures").size());
    assertEquals(
        List.of(
            "ignored message m1: s3:TestEvent of bucket b",
            "ignored message m2: no S3 event: Hello world: Testing Hello world",
            "ignored message m3: no S3 event: no envelope at all",
            "ignored message m4: no S3 event: {\"Message\": 5}",
            "done: stored 0, ignored 4, failed 0"),
        log.lines);
  }

  @Test
  void whatIsNotIngestedStartsNoCircle() throws IOException {
    bucket.put("thumbnail/Thumbnail-a.jpg", Picture.colour(Scene.BALLOON, 50, 40));

    handle(message("m1", created("thumbnail/Thumbnail-a.jpg")));

    assertEquals(1, bucket.size());
    assertTrue(log.lines.get(0).contains("no new picture in ingest/"), log.lines.get(0));
  }

  @Test
  void aRemovedPictureIsNoNewOne() throws IOException {
    ObjectNode removed = created("ingest/a.jpg");
    ((ObjectNode) removed.path("Records").path(0)).put("eventName", "ObjectRemoved:Delete");

    handle(message("m1", removed));

    assertEquals("done: stored 0, ignored 1, failed 0", log.lines.get(1));
  }

  @Test
  void aDirectNotificationWithoutATopicIsTakenToo() throws IOException {
    bucket.put("ingest/a.jpg", Picture.colour(Scene.BALLOON, 50, 40));

    handle(record("m1", created("ingest/a.jpg").toString()));

    assertTrue(bucket.containsKey("thumbnail/Thumbnail-a.jpg"));
  }

  @Test
  void anEventOfAnotherKindIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> handle());
  }

  @Test
  void theSizeComesFromTheEnvironment() {
    assertEquals(new Box(128, 128), Box.from(Map.of(), CreateThumbnail.USUAL_SIZE));
    assertEquals(
        new Box(64, 32), Box.from(Map.of("MAX_WIDTH", "64", "MAX_HEIGHT", " 32 "), new Box(1, 1)));
    for (String wrong : List.of("0", "-1", "wide", "10001")) {
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> Box.from(Map.of("MAX_WIDTH", wrong), new Box(1, 1)))
              .getMessage();
      assertTrue(message.startsWith("MAX_WIDTH must be"), message);
    }
  }

  @Test
  void aMessageThatFailedComesBackSoonAndNoOther() throws IOException {
    bucket.put("ingest/lake.jpg", Picture.colour(Scene.LAKE, 1280, 853));
    handle(message("m1", created("ingest/lake.jpg")), message("m2", created("ingest/none.jpg")));
    assertEquals(List.of("handle of m2 after 2 s"), soon);
  }

  private final class Queue implements SqsClient {
    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(
        ChangeMessageVisibilityRequest change) {
      soon.add(change.receiptHandle() + " after " + change.visibilityTimeout() + " s");
      return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  private JsonNode handle(ObjectNode... records) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.putArray("Records").addAll(List.of(records));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new PictureQueue(
            new PictureStore(new Bucket()),
            CreateThumbnail.FORMAT,
            CreateThumbnail.USUAL_SIZE,
            new SoonAgain(new Queue(), "http://queue", 2))
        .handle(
            new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
            answer,
            log);
    return JSON.readTree(answer.toByteArray());
  }

  private static ObjectNode message(String id, JsonNode event) {
    return record(id, envelope(event.toString()).toString());
  }

  private static ObjectNode envelope(String message) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("Type", "Notification").put("MessageId", "n1").put("Message", message);
    return envelope;
  }

  private static ObjectNode record(String id, String body) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("messageId", id)
        .put("receiptHandle", "handle of " + id)
        .put("body", body)
        .put("eventSource", "aws:sqs");
  }

  /**
   * An event of S3.
   *
   * @param key as events spell it
   */
  private static ObjectNode created(String key) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode record = event.putArray("Records").addObject();
    record.put("eventSource", "aws:s3").put("eventName", "ObjectCreated:Put");
    ObjectNode s3 = record.putObject("s3");
    s3.putObject("bucket").put("name", "pictures");
    s3.putObject("object").put("key", key);
    return event;
  }

  private final class Bucket implements S3Client {
    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
      byte[] bytes = bucket.get(request.key());
      if (bytes == null) {
        throw NoSuchKeyException.builder()
            .statusCode(404)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("NoSuchKey")
                    .errorMessage("it is not there")
                    .build())
            .build();
      }
      return new ResponseInputStream<>(
          GetObjectResponse.builder().contentLength((long) bytes.length).build(),
          AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      assertEquals("image/jpeg", request.contentType());
      try {
        bucket.put(request.key(), body.contentStreamProvider().newStream().readAllBytes());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
