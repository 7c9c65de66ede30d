package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.Soon;
import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.kernel.MessageQueues;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SnsTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
  private static final Caller OPERATOR = new Caller.Operator("arn:aws:iam::0:user/x", "AKIA");

  @TempDir Path mails;

  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final List<String> counted = new ArrayList<>();
  private volatile int refusals;
  private volatile int errors;
  private volatile boolean stuck;
  private Sns sns;
  private String topic;

  @BeforeEach
  void start() {
    CloudIdentity identity =
        new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
    sns =
        new Sns(
            identity,
            new ManualClock(),
            (namespace, metric, dimensions, value, unit) -> {
              synchronized (counted) {
                counted.add(metric);
              }
            },
            queues(),
            mails);
    sns.connect(functions());
    CreateTopicResponse made = call(CreateTopicRequest.builder().name("news").build());
    topic = made.topicArn();
  }

  @AfterEach
  void stop() {
    sns.close();
  }

  @Test
  void aQueueGetsTheEnvelope() throws Exception {
    subscribe("sqs", QUEUE, Map.of());
    publish("hello", Map.of("colour", text("red")));
    JsonNode envelope = new ObjectMapper().readTree(next());
    assertEquals("hello", envelope.path("Message").asText());
    assertEquals(topic, envelope.path("TopicArn").asText());
    assertEquals("red", envelope.at("/MessageAttributes/colour/Value").asText());
  }

  @Test
  void rawDeliveryIsTheMessageAlone() throws Exception {
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
    publish("hello", Map.of());
    assertEquals("hello", next());
  }

  @Test
  void aFunctionGetsAnEventRecord() throws Exception {
    subscribe("lambda", FUNCTION, Map.of());
    publish("hello", Map.of());
    JsonNode event = new ObjectMapper().readTree(next());
    assertEquals("aws:sns", event.at("/Records/0/EventSource").asText());
    assertEquals("hello", event.at("/Records/0/Sns/Message").asText());
  }

  @Test
  void aFilterKeepsMessagesBack() throws Exception {
    subscribe("sqs", QUEUE, Map.of("FilterPolicy", "{\"colour\":[\"red\"]}"));
    publish("blue one", Map.of("colour", text("blue")));
    publish("red one", Map.of("colour", text("red")));
    assertTrue(next().contains("red one"));
    assertTrue(counted.contains("NumberOfNotificationsFilteredOut"));
  }

  @Test
  void onlyAFilterOnTheBodyMayNest() {
    String nested = "{\"sky\":{\"colour\":[\"red\"]}}";
    assertRefused(
        "InvalidParameter", () -> subscribe("sqs", QUEUE, Map.of("FilterPolicy", nested)));
    subscribe("sqs", QUEUE, Map.of("FilterPolicy", nested, "FilterPolicyScope", "MessageBody"));
  }

  @Test
  void whatRawDeliveryGivesUpIsRawInTheDeadLetterQueue() throws Exception {
    subscribe(
        "sqs",
        QUEUE + "-refuses",
        Map.of(
            "RawMessageDelivery",
            "true",
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"" + QUEUE + "\"}"));
    publish("hello", Map.of());
    assertEquals("hello", next());
    assertTrue(counted.contains("NumberOfNotificationsFailed"));
  }

  @Test
  void whatFailsForAWhileArrivesAndInOrder() throws Exception {
    refusals = 2;
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
    publish("first", Map.of());
    publish("second", Map.of());
    assertEquals("first", next());
    assertEquals("second", next());
  }

  @Test
  void anEmailWaitsForItsConfirmation() throws Exception {
    SubscribeResponse made = subscribe("email", "student@example.org", Map.of());
    assertEquals("pending confirmation", made.subscriptionArn());
    publish("hello", Map.of());
    try (var files = Files.list(mails)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      assertTrue(Files.readString(all.get(0)).contains("confirm-subscription"));
    }
  }

  @Test
  void theTopicsPolicyDecidesWhichServiceMayPublish() {
    Caller alarm =
        new Caller.ServicePrincipal(
            "cloudwatch.amazonaws.com", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a");
    Caller bucket = new Caller.ServicePrincipal("s3.amazonaws.com", "arn:aws:s3:::b");
    assertNotNull(sns.publisher().publish(topic, "s", "from an alarm", alarm));
    AwsError refused =
        assertThrows(
            AwsError.class, () -> sns.publisher().publish(topic, "s", "from a bucket", bucket));
    assertEquals("AuthorizationError", refused.code());
    call(
        SetTopicAttributesRequest.builder()
            .topicArn(topic)
            .attributeName("Policy")
            .attributeValue(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:Publish",
                 "Principal":{"Service":"s3.amazonaws.com"},"Resource":"%s",
                 "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::b"}}}]}\
                """
                    .formatted(topic))
            .build());
    assertNotNull(sns.publisher().publish(topic, "s", "from a bucket", bucket));
  }

  @Test
  void subscribingTwiceIsOneSubscription() {
    SubscribeResponse one = subscribe("sqs", QUEUE, Map.of());
    SubscribeResponse two = subscribe("sqs", QUEUE, Map.of());
    assertEquals(one.subscriptionArn(), two.subscriptionArn());
    GetSubscriptionAttributesResponse shown =
        call(
            GetSubscriptionAttributesRequest.builder()
                .subscriptionArn(one.subscriptionArn())
                .build());
    assertEquals("false", shown.attributes().get("PendingConfirmation"));
  }

  @Test
  void equalSubscribesAtOnceAreOneSubscription() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 500; round++) {
        String queue = QUEUE + round;
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<String>> calls =
            Collections.nCopies(
                8,
                () -> {
                  together.await();
                  return subscribe("sqs", queue, Map.of()).subscriptionArn();
                });
        Set<String> arns = new TreeSet<>();
        for (Future<String> each : clients.invokeAll(calls)) {
          arns.add(each.get());
        }
        assertEquals(1, arns.size(), queue);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aDeliveryThatEndsWithAnErrorIsTriedAgainAndHoldsNobodyUp() throws Exception {
    errors = 2;
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
    publish("first", Map.of());
    publish("second", Map.of());
    assertEquals("first", next());
    assertEquals("second", next());
  }

  @Test
  void aDeliveryThatOnlyEndsWithErrorsIsGivenUp() throws Exception {
    errors = 4;
    String redrive = "{\"deadLetterTargetArn\":\"" + QUEUE + "-dead\"}";
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true", "RedrivePolicy", redrive));
    publish("first", Map.of());
    publish("second", Map.of());
    assertEquals("first", next());
    assertEquals("second", next());
    assertTrue(counted.contains("NumberOfNotificationsFailed"));
  }

  /** What waits for a subscription is bounded; a publisher learns it, and no message is lost. */
  @Test
  void aTopicTakesNoMoreThanASubscriptionCanHold() throws Exception {
    stuck = true;
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
    String big = "x".repeat(250_000);
    int taken = 0;
    while (taken < 1000 && publishes(big)) {
      taken++;
    }
    assertTrue(taken >= 67 && taken < 100, taken + " messages of 250,000 bytes");
    stuck = false;
    Soon.that("room for a message", () -> publishes("last"));
    String next = next();
    while (!next.equals("last")) {
      assertEquals(big, next);
      next = next();
    }
  }

  private boolean publishes(String message) {
    try {
      publish(message, Map.of());
      return true;
    } catch (AwsError e) {
      assertEquals("Throttling", e.code());
      return false;
    }
  }

  @Test
  void aTopicWithATagWithoutAValueIsRefusedAndNotMade() {
    CreateTopicRequest request =
        CreateTopicRequest.builder().name("tagged").tags(tag -> tag.key("k")).build();
    assertRefused("ValidationError", () -> call(request));
    assertRefused("NotFound", () -> publishTo(topic.replace("news", "tagged")));
  }

  @Test
  void whatHasNoEffectIsKept() throws Exception {
    Map<String, String> kept = Map.of("KmsMasterKeyId", "alias/aws/sns", "TracingConfig", "Active");
    kept.forEach(
        (name, value) ->
            call(
                SetTopicAttributesRequest.builder()
                    .topicArn(topic)
                    .attributeName(name)
                    .attributeValue(value)
                    .build()));
    GetTopicAttributesResponse shown =
        call(GetTopicAttributesRequest.builder().topicArn(topic).build());
    assertTrue(shown.attributes().entrySet().containsAll(kept.entrySet()), shown::toString);
    subscribe("sqs", QUEUE, Map.of("RawMessageDelivery", "true"));
    publish("hello", Map.of());
    assertEquals("hello", next());
  }

  @Test
  void aDeliveryPolicyStandsOverTheDefaults() throws Exception {
    call(
        SetTopicAttributesRequest.builder()
            .topicArn(topic)
            .attributeName("DeliveryPolicy")
            .attributeValue("{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":7}}}")
            .build());
    GetTopicAttributesResponse shown =
        call(GetTopicAttributesRequest.builder().topicArn(topic).build());
    JsonNode effective =
        new ObjectMapper().readTree(shown.attributes().get("EffectiveDeliveryPolicy"));
    JsonNode retries = effective.at("/http/defaultHealthyRetryPolicy");
    assertEquals(7, retries.path("numRetries").asInt(), effective::toString);
    assertEquals(20, retries.path("minDelayTarget").asInt(), effective::toString);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRefused("NotFound", () -> publishTo(topic + "x"));
    assertRefused("InvalidParameter", () -> subscribe("sqs", "nowhere", Map.of()));
    assertRefused("NotImplemented", () -> subscribe("https", "https://example.org", Map.of()));
    assertRefused("InvalidParameter", () -> subscribe("pigeon", "x", Map.of()));
    assertRefused("InvalidParameter", () -> publish("", Map.of()));
  }

  private void publishTo(String arn) {
    call(PublishRequest.builder().topicArn(arn).message("x").build());
  }

  private void publish(String message, Map<String, MessageAttributeValue> attributes) {
    call(
        PublishRequest.builder()
            .topicArn(topic)
            .message(message)
            .messageAttributes(attributes)
            .build());
  }

  private SubscribeResponse subscribe(
      String protocol, String endpoint, Map<String, String> attributes) {
    return call(
        SubscribeRequest.builder()
            .topicArn(topic)
            .protocol(protocol)
            .endpoint(endpoint)
            .attributes(attributes)
            .build());
  }

  private String next() throws InterruptedException {
    return assertNotNullValue(sent.poll(60, TimeUnit.SECONDS));
  }

  private static String assertNotNullValue(String value) {
    assertNotNull(value, "nothing was delivered");
    return value;
  }

  private static void assertRefused(String code, Runnable action) {
    assertEquals(code, assertThrows(AwsError.class, action::run).code());
  }

  @SuppressWarnings("unchecked") // the table maps each request class to its own action
  private <I extends SdkPojo, O extends SdkPojo> O call(I request) {
    Action<I, O> action = (Action<I, O>) sns.actions().byRequest().get(request.getClass());
    return action.handle(request, OPERATOR);
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private FunctionInvoker functions() {
    return new FunctionInvoker() {
      @Override
      public CompletionStage<Outcome> invoke(String functionArn, byte[] payload, Caller caller) {
        throw new IllegalStateException("SNS never waits for a function");
      }

      @Override
      public void check(String functionArn, Caller caller) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void invokeAsync(String functionArn, byte[] payload, Caller caller) {
        sent.add(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
      }
    };
  }

  private MessageQueues queues() {
    return new MessageQueues() {
      @Override
      public String send(
          String queueArn,
          String body,
          Map<String, software.amazon.awssdk.services.sqs.model.MessageAttributeValue> attributes,
          Grouping grouping,
          Caller caller) {
        if (queueArn.endsWith("-refuses")) {
          throw AwsError.badRequest("AccessDenied", "not you");
        }
        if (stuck) {
          throw new StackOverflowError("made for the test");
        }
        if (errors > 0) {
          errors = errors - 1;
          throw new StackOverflowError();
        }
        if (refusals > 0) {
          refusals = refusals - 1;
          throw AwsError.of("ServiceUnavailable", 503, "not now");
        }
        sent.add(body);
        return "id";
      }

      @Override
      public CompletableFuture<List<Message>> receive(
          String queueArn, int max, int waitSeconds, Caller caller) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void delete(String queueArn, List<String> receiptHandles, Caller caller) {}

      @Override
      public void changeVisibility(
          String queueArn, List<String> receiptHandles, int seconds, Caller caller) {}

      @Override
      public Map<QueueAttributeName, String> attributes(String queueArn) {
        return Map.of();
      }
    };
  }
}
