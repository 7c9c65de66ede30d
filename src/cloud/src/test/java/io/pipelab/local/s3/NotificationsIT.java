package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.ToldEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class NotificationsIT {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:t";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

  private static final int MOST_WAITING = 3;

  /** What arrived where. */
  private record Delivery(String arn, String text, Caller caller) {}

  @TempDir Path directory;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final List<ToldEvents.Told> told = new CopyOnWriteArrayList<>();
  private final Semaphore written = new Semaphore(0);
  private final Semaphore gate = new Semaphore(1);
  private S3Cloud cloud;
  private S3Client s3;
  private Notifications notifications;

  @BeforeEach
  void start() {
    cloud = new S3Cloud(directory.resolve("s3"));
    s3 = cloud.client;
    notifications =
        new Notifications(
            cloud.identity,
            cloud.clock,
            (arn, subject, message, caller) -> deliver(arn, message, caller),
            new Queues(),
            new Functions(),
            new ToldEvents(told),
            MOST_WAITING);
    cloud.service.attach(notifications);
    s3.createBucket(r -> r.bucket("photos"));
  }

  @AfterEach
  void stop() {
    notifications.close();
    cloud.close();
  }

  private String deliver(String arn, String text, Caller caller) {
    gate.acquireUninterruptibly();
    gate.release();
    if (arn.endsWith("missing")) {
      throw AwsError.notFound("NotFound", "Topic does not exist");
    }
    deliveries.add(new Delivery(arn, text, caller));
    return "id";
  }

  private final class Queues implements MessageQueues {
    @Override
    public String send(
        String queueArn,
        String body,
        Map<String, MessageAttributeValue> attributes,
        Grouping grouping,
        Caller caller) {
      return deliver(queueArn, body, caller);
    }

    @Override
    public CompletableFuture<List<Message>> receive(
        String queueArn, int max, int waitSeconds, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String queueArn, List<String> receiptHandles, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changeVisibility(
        String queueArn, List<String> receiptHandles, int seconds, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<QueueAttributeName, String> attributes(String queueArn) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Functions implements FunctionInvoker {
    @Override
    public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void check(String functionArn, Caller caller) {
      if (functionArn.endsWith("closed")) {
        throw AwsError.accessDenied("AccessDeniedException", "no policy lets S3 in");
      }
    }

    @Override
    public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
      deliver(functionArn, new String(payload, StandardCharsets.UTF_8), caller);
    }
  }

  /** What waits is bounded, and nothing is lost: whoever makes one event too many waits. */
  @Test
  void aFullQueueOfEventsHoldsTheCallerUntilThereIsRoom() throws Exception {
    configure(
        NotificationConfiguration.builder()
            .lambdaFunctionConfigurations(function("", "", Event.S3_OBJECT_CREATED))
            .build());
    gate.acquire();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 10; i++) {
                String key = "" + i;
                s3.putObject(r -> r.bucket("photos").key(key), RequestBody.fromString("x"));
                written.release();
              }
            });
    writer.start();
    // One is being delivered, three wait.
    assertTrue(written.tryAcquire(MOST_WAITING + 1, 60, TimeUnit.SECONDS));
    awaitHeldCaller();
    gate.release();
    for (int i = 0; i < 10; i++) {
      assertEquals("" + i, next().at("/Records/0/s3/object/key").asText());
    }
    writer.join(10_000);
  }

  /** Until a thread of the cloud waits in {@code Notifications.happened}. */
  private static void awaitHeldCaller() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (Thread.getAllStackTraces().values().stream().noneMatch(NotificationsIT::held)) {
      assertTrue(System.nanoTime() < end, "nobody waits for room");
      Thread.sleep(1);
    }
  }

  private static boolean held(StackTraceElement[] stack) {
    return Arrays.stream(stack).anyMatch(each -> each.getMethodName().equals("awaitPlace"));
  }

  private JsonNode next() throws Exception {
    Delivery delivery =
        Objects.requireNonNull(deliveries.poll(60, TimeUnit.SECONDS), "nothing was delivered");
    return new ObjectMapper().readTree(delivery.text());
  }

  private void configure(NotificationConfiguration configuration) {
    s3.putBucketNotificationConfiguration(
        r -> r.bucket("photos").notificationConfiguration(configuration));
  }

  private static LambdaFunctionConfiguration function(String prefix, String suffix, Event... on) {
    return LambdaFunctionConfiguration.builder()
        .id("resize")
        .lambdaFunctionArn(FUNCTION)
        .events(on)
        .filter(
            f ->
                f.key(
                    k ->
                        k.filterRules(
                            rule -> rule.name(FilterRuleName.PREFIX).value(prefix),
                            rule -> rule.name(FilterRuleName.SUFFIX).value(suffix))))
        .build();
  }

  @Test
  void aFunctionHearsOfTheObjectsThatItsFilterLetsThrough() throws Exception {
    configure(
        NotificationConfiguration.builder()
            .lambdaFunctionConfigurations(function("images/", ".png", Event.S3_OBJECT_CREATED))
            .build());
    s3.putObject(r -> r.bucket("photos").key("images/a.txt"), RequestBody.fromString("no"));
    s3.putObject(r -> r.bucket("photos").key("b.png"), RequestBody.fromString("no"));
    s3.putObject(r -> r.bucket("photos").key("images/a ä.png"), RequestBody.fromString("hello"));
    JsonNode record = next().path("Records").path(0);
    assertEquals("ObjectCreated:Put", record.path("eventName").asText());
    assertEquals("2.1", record.path("eventVersion").asText());
    assertEquals("2031-05-06T07:08:09.000Z", record.path("eventTime").asText());
    assertEquals("resize", record.path("s3").path("configurationId").asText());
    assertEquals("photos", record.path("s3").path("bucket").path("name").asText());
    JsonNode object = record.path("s3").path("object");
    assertEquals("images/a+%C3%A4.png", object.path("key").asText());
    assertEquals(5, object.path("size").asInt());
    assertEquals("5d41402abc4b2a76b9719d911017c592", object.path("eTag").asText());
    assertTrue(object.path("sequencer").asText().matches("[0-9A-F]{18}"));
    assertTrue(deliveries.isEmpty());
  }

  @Test
  void eventBridgeHearsOfAllThatHappens() {
    s3.putObject(r -> r.bucket("photos").key("before"), RequestBody.fromString("x"));
    configure(NotificationConfiguration.builder().eventBridgeConfiguration(c -> {}).build());
    assertNotNull(
        s3.getBucketNotificationConfiguration(r -> r.bucket("photos")).eventBridgeConfiguration());
    s3.putObject(r -> r.bucket("photos").key("a ä"), RequestBody.fromString("hello"));
    s3.copyObject(
        r ->
            r.sourceBucket("photos")
                .sourceKey("a ä")
                .destinationBucket("photos")
                .destinationKey("b"));
    s3.putObjectTagging(
        r -> r.bucket("photos").key("b").tagging(t -> t.tagSet(g -> g.key("k").value("v"))));
    s3.deleteObject(r -> r.bucket("photos").key("b"));
    assertEquals(
        List.of("Object Created", "Object Created", "Object Tags Added", "Object Deleted"),
        told.stream().map(ToldEvents.Told::detailType).toList());
    assertEquals("aws.s3", told.get(0).source());
    assertEquals(List.of("arn:aws:s3:::photos"), told.get(0).resources());
    String sequencer = told.get(0).detail().at("/object/sequencer").asText();
    assertEquals(
        "{\"version\":\"0\",\"bucket\":{\"name\":\"photos\"},\"object\":{\"key\":\"a ä\",\"size\":5,"
            + "\"etag\":\"5d41402abc4b2a76b9719d911017c592\",\"sequencer\":\"S\"},"
            + "\"request-id\":\"S\",\"requester\":\"000000000000\","
            + "\"source-ip-address\":\"127.0.0.1\",\"reason\":\"PutObject\"}",
        told.get(0).detail().toString().replace(sequencer, "S"));
    assertEquals("CopyObject", told.get(1).detail().path("reason").asText());
    assertFalse(told.get(2).detail().has("reason"));
    JsonNode deleted = told.get(3).detail();
    assertEquals("Permanently Deleted", deleted.path("deletion-type").asText());
    assertFalse(deleted.path("object").has("etag"));
    assertFalse(deleted.path("object").has("version-id"));
    assertTrue(sequencer.compareTo(deleted.at("/object/sequencer").asText()) < 0);
  }

  @Test
  void eventBridgeHearsOfVersionsAndDeleteMarkers() {
    configure(NotificationConfiguration.builder().eventBridgeConfiguration(c -> {}).build());
    s3.putBucketVersioning(
        r -> r.bucket("photos").versioningConfiguration(v -> v.status("Enabled")));
    String id =
        s3.putObject(r -> r.bucket("photos").key("k"), RequestBody.fromString("x")).versionId();
    String marker = s3.deleteObject(r -> r.bucket("photos").key("k")).versionId();
    s3.deleteObject(r -> r.bucket("photos").key("k").versionId(id));
    assertEquals(
        List.of(id, marker, id),
        told.stream().map(each -> each.detail().at("/object/version-id").asText()).toList());
    assertEquals(
        List.of("", "Delete Marker Created", "Permanently Deleted"),
        told.stream().map(each -> each.detail().path("deletion-type").asText()).toList());
  }

  @Test
  void topicsAndQueuesAreTestedFirst() throws Exception {
    configure(
        NotificationConfiguration.builder()
            .topicConfigurations(c -> c.topicArn(TOPIC).events(Event.S3_OBJECT_CREATED))
            .queueConfigurations(c -> c.queueArn(QUEUE).events(Event.S3_OBJECT_REMOVED))
            .build());
    assertEquals("s3:TestEvent", next().path("Event").asText());
    Delivery test = deliveries.take();
    assertEquals(QUEUE, test.arn());
    assertEquals(
        new Caller.ServicePrincipal("s3.amazonaws.com", "arn:aws:s3:::photos"), test.caller());
    s3.putObject(r -> r.bucket("photos").key("k"), RequestBody.fromString("x"));
    s3.deleteObject(r -> r.bucket("photos").key("k"));
    s3.deleteObject(r -> r.bucket("photos").key("k"));
    assertEquals("ObjectCreated:Put", next().path("Records").path(0).path("eventName").asText());
    JsonNode removed = next().path("Records").path(0);
    assertEquals("ObjectRemoved:Delete", removed.path("eventName").asText());
    assertFalse(removed.path("s3").path("object").has("size"));
    assertEquals(
        QUEUE,
        s3.getBucketNotificationConfiguration(r -> r.bucket("photos"))
            .queueConfigurations()
            .get(0)
            .queueArn());
  }

  @Test
  void badConfigurationsAreRefused() {
    assertEquals(
        "InvalidArgument",
        refusal(
            NotificationConfiguration.builder()
                .topicConfigurations(
                    c -> c.topicArn(TOPIC + "missing").events(Event.S3_OBJECT_CREATED))
                .build()));
    assertEquals(
        "InvalidArgument",
        refusal(
            NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(
                    c -> c.lambdaFunctionArn(FUNCTION + "closed").events(Event.S3_OBJECT_CREATED))
                .build()));
    assertEquals(
        "InvalidArgument",
        refusal(
            NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(
                    function("images/", ".png", Event.S3_OBJECT_CREATED),
                    function("images/big/", "", Event.S3_OBJECT_CREATED_PUT))
                .build()));
  }

  private String refusal(NotificationConfiguration configuration) {
    return assertThrows(S3Exception.class, () -> configure(configuration))
        .awsErrorDetails()
        .errorCode();
  }
}
