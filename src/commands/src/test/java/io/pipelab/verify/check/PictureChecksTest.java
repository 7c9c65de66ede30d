package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.bucket.FilesUploaded;
import io.pipelab.verify.check.function.InvocationMetrics;
import io.pipelab.verify.check.function.ReportLines;
import io.pipelab.verify.check.picture.DeadLetterPictures;
import io.pipelab.verify.check.picture.JpegFile;
import io.pipelab.verify.check.picture.NothingMade;
import io.pipelab.verify.check.picture.PicturesMade;
import io.pipelab.verify.check.topic.PublishedInLog;
import io.pipelab.verify.load.Sent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** The checks of what became of pictures, on the project's own samples. */
class PictureChecksTest extends CheckTest {
  private static final Path SAMPLES = Path.of("samples/image-resize");
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:topic";
  private static final Map<String, Object> NAMES =
      Map.of(
          "bucket", "b",
          "ingest", "ingest/",
          "suffix", ".jpg",
          "folder", "thumbnail/",
          "prefix", "Thumbnail-");

  private final Map<String, byte[]> bucket = new TreeMap<>();
  private final Map<String, Instant> modified = new HashMap<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void answers() {
    aws.on(
        ListObjectsV2Request.class,
        request ->
            ListObjectsV2Response.builder()
                .contents(
                    bucket.keySet().stream()
                        .filter(key -> request.prefix() == null || key.startsWith(request.prefix()))
                        .map(this::object)
                        .toList())
                .isTruncated(false)
                .build());
    aws.on(
        GetObjectRequest.class,
        request ->
            ResponseBytes.fromByteArray(
                GetObjectResponse.builder().build(), bucket.get(request.key())));
    aws.on(
        FilterLogEventsRequest.class,
        request ->
            FilterLogEventsResponse.builder()
                .events(
                    log.stream()
                        .map(line -> FilteredLogEvent.builder().message(line).build())
                        .toList())
                .build());
  }

  private S3Object object(String key) {
    byte[] bytes = bucket.get(key);
    return S3Object.builder()
        .key(key)
        .size((long) bytes.length)
        .eTag("\"" + Arrays.hashCode(bytes) + "\"")
        .lastModified(modified.getOrDefault(key, LOAD_BEGAN))
        .build();
  }

  @Test
  void samplesAreReadAsTheyAre() throws IOException {
    assertEquals("1280x853", read("ingest/lake.jpg").toString());
    assertEquals("1024x768", read("ingest/misty-hills.jpg").toString());
    assertEquals("800x1200", read("ingest/lighthouse.jpg").toString());
    assertTrue(read("ingest/broken.jpg").broken());
    assertTrue(read("ingest/balloon.png").broken());
  }

  private static JpegFile read(String sample) throws IOException {
    return JpegFile.of(Files.readAllBytes(SAMPLES.resolve(sample)));
  }

  @Test
  void picturesMade() {
    assertEquals(State.SKIPPED, made().state());
    upload("ingest/lake.jpg", "ingest/trip/lake.jpg", "ingest/broken.jpg", "ingest/balloon.png");
    assertSeen(State.NOT_YET, "0 of 2, none of ingest/lake.jpg, ingest/trip/lake.jpg", made());
    bucket.put("thumbnail/Thumbnail-lake.jpg", jpeg(128, 85));
    assertSeen(State.NOT_YET, "1 of 2, none of ingest/trip/lake.jpg", made());
    bucket.put("thumbnail/trip/Thumbnail-lake.jpg", jpeg(128, 96));
    assertEquals(State.HOLDS, made().state());
    bucket.put("thumbnail/Thumbnail-lake.jpg", jpeg(128, 86));
    assertSeen(State.NEVER, "thumbnail/Thumbnail-lake.jpg is 128x86, not 128x85", made());
    modified.put("ingest/lake.jpg", LOAD_BEGAN.plusSeconds(2));
    assertEquals(State.NOT_YET, made().state(), "it was made of the picture before");
  }

  private Observation made() {
    Map<String, Object> settings = new HashMap<>(NAMES);
    settings.put("width", "128");
    settings.put("height", "128");
    return look(PicturesMade.TYPE, settings);
  }

  @Test
  void nothingMade() {
    assertEquals(State.SKIPPED, nothing().state());
    upload("ingest/lake.jpg");
    assertEquals(State.SKIPPED, nothing().state());
    upload("ingest/lake.jpg", "ingest/broken.jpg", "ingest/balloon.png", "elsewhere/balloon.jpg");
    assertEquals(State.HOLDS, nothing().state());
    log.add("failed message m: s3://b/ingest/broken.jpg: it is cut off");
    assertEquals(State.HOLDS, nothing().state(), "the function had to be told of this one");
    log.add("ignored message m: s3://b/ingest/balloon.png");
    assertSeen(State.NEVER, "its function was told of ingest/balloon.png", nothing());
    log.clear();
    bucket.put("thumbnail/Thumbnail-broken.jpg", jpeg(5, 5));
    assertSeen(State.NEVER, "there is thumbnail/Thumbnail-broken.jpg", nothing());
  }

  private Observation nothing() {
    Map<String, Object> settings = new HashMap<>(NAMES);
    settings.put("logGroup", "g");
    return look(NothingMade.TYPE, settings);
  }

  @Test
  void filesUploaded() {
    assertEquals(State.SKIPPED, uploaded().state());
    upload("ingest/lake.jpg", "ingest/balloon.png");
    assertEquals(State.HOLDS, uploaded().state());
    bucket.put("ingest/lake.jpg", jpeg(5, 5));
    assertSeen(State.NEVER, "ingest/lake.jpg is another file now", uploaded());
    bucket.remove("ingest/lake.jpg");
    assertSeen(State.NEVER, "ingest/lake.jpg is not there", uploaded());
    Sent.Files half = (Sent.Files) sent.get(0);
    sent =
        List.of(
            new Sent.Files(
                half.runId(), "b", 3, half.files(), half.startedAt(), half.finishedAt()));
    assertSeen(State.NEVER, "the bucket took 2 of 3, says upload", uploaded());
  }

  private Observation uploaded() {
    return look(FilesUploaded.TYPE, Map.of("bucket", "b"));
  }

  @Test
  void deadLetterPictures() {
    upload("ingest/lake.jpg", "ingest/broken.jpg");
    assertEquals(State.NOT_YET, letters().state());
    assertSeen(State.HOLDS, "of ingest/broken.jpg", letters("ingest/broken.jpg"));
    assertEquals(
        State.HOLDS, letters("ingest/broken.jpg", "ingest/broken.jpg").state(), "sent twice");
    assertSeen(
        State.NEVER, "also of ingest/lake.jpg", letters("ingest/broken.jpg", "ingest/lake.jpg"));
    bucket.remove("ingest/broken.jpg");
    assertSeen(State.HOLDS, "none", letters());
  }

  private Observation letters(String... keys) {
    List<Message> messages = new ArrayList<>();
    for (String key : keys) {
      String event =
          "{\\\"Records\\\":[{\\\"s3\\\":{\\\"object\\\":{\\\"key\\\":\\\"" + key + "\\\"}}}]}";
      messages.add(
          Message.builder()
              .messageId("m" + messages.size())
              .body("{\"Message\": \"" + event + "\"}")
              .build());
    }
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    String.valueOf(keys.length),
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    "0"))
            .build());
    aws.on(
        ReceiveMessageRequest.class, ReceiveMessageResponse.builder().messages(messages).build());
    return look(
        DeadLetterPictures.TYPE,
        Map.of("queue", "http://q/1/q", "bucket", "b", "ingest", "ingest/", "suffix", ".jpg"));
  }

  @Test
  void publishedInLog() {
    Map<String, Object> settings = Map.of("topic", TOPIC, "logGroup", "g");
    assertEquals(State.SKIPPED, look(PublishedInLog.TYPE, settings).state());
    sent = List.of(new Sent.Message("r1", TOPIC, "m", "Testing\nHello world", LOAD_BEGAN));
    assertEquals(State.NOT_YET, look(PublishedInLog.TYPE, settings).state());
    log.add("ignored message m: no S3 event: Hello: Testing Hello world");
    assertEquals(State.HOLDS, look(PublishedInLog.TYPE, settings).state());
  }

  @Test
  void reportLines() {
    group();
    assertEquals(State.NOT_YET, reports().state());
    log.add("START RequestId: 1 Version: $LATEST");
    assertSeen(State.NOT_YET, "1 invocations, 0 reports", reports());
    log.add(report(1, "\tInit Duration: 300.10 ms"));
    assertSeen(State.HOLDS, "1 invocations, 1 reports, at most 113 MB used", reports());
    log.set(1, report(1, ""));
    assertSeen(State.NEVER, "1 invocations, 1 reports, none with an Init Duration", reports());
    log.set(1, report(1, "").replace("Billed Duration: 2 ms", ""));
    assertEquals(State.NEVER, reports().state());
    log.set(1, report(1, "\tInit Duration: 300.10 ms").replace("512", "128"));
    assertSeen(State.NEVER, "Memory Size 128 MB of 1", reports());
  }

  private Observation reports() {
    return look(ReportLines.TYPE, Map.of("logGroup", "g", "memory", "512"));
  }

  @Test
  void invocationMetrics() {
    group();
    log.add(report(1, "\tInit Duration: 300.10 ms"));
    log.add(report(2, "\tStatus: timeout"));
    assertEquals(State.HOLDS, metrics(2, 1, 0).state());
    assertEquals(State.NOT_YET, metrics(1, 1, 0).state());
    assertEquals(State.LACKS, metrics(2, 2, 0).state());
    assertSeen(
        State.LACKS, "Invocations 2, Duration of 2, Errors 1, Throttles 3", metrics(2, 1, 3));
  }

  private Observation metrics(int invocations, int errors, int throttles) {
    aws.on(
        GetMetricStatisticsRequest.class,
        request ->
            GetMetricStatisticsResponse.builder()
                .datapoints(
                    switch (request.metricName()) {
                      case "Errors" -> point(errors);
                      case "Throttles" -> point(throttles);
                      default -> point(invocations);
                    })
                .build());
    return look(InvocationMetrics.TYPE, Map.of("function", "f", "logGroup", "g"));
  }

  private static Datapoint point(double value) {
    return Datapoint.builder().sum(value).sampleCount(value).build();
  }

  private void group() {
    aws.on(
        DescribeLogGroupsRequest.class,
        DescribeLogGroupsResponse.builder()
            .logGroups(
                LogGroup.builder()
                    .logGroupName("g")
                    .creationTime(LOAD_BEGAN.toEpochMilli())
                    .build())
            .build());
  }

  private static String report(int id, String rest) {
    return "REPORT RequestId: "
        + id
        + "\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB"
        + "\tMax Memory Used: 113 MB"
        + rest
        + "\n";
  }

  /** Puts samples into the bucket, as {@code pipelab upload} does. */
  private void upload(String... keys) {
    List<Sent.StoredFile> files = new ArrayList<>();
    for (String key : keys) {
      try {
        bucket.put(key, Files.readAllBytes(SAMPLES.resolve(key)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      S3Object object = object(key);
      files.add(new Sent.StoredFile(key, object.size(), object.eTag().replace("\"", "")));
    }
    sent = List.of(new Sent.Files("r1", "b", keys.length, files, LOAD_BEGAN, LOAD_ENDED));
  }

  private static byte[] jpeg(int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
