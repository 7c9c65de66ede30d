package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsMessagesIT {
  private static SqsFixture cloud;

  @BeforeAll
  static void start() {
    cloud = new SqsFixture();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aMessageKeepsItsAttributesAndLeavesOnlyByDeletion() {
    String url = cloud.createQueue("attributes", Map.of());
    cloud.call(
        SendMessageRequest.builder()
            .queueUrl(url)
            .messageBody("héllo")
            .messageAttributes(
                Map.of(
                    "pipelab-run", text("r1"),
                    "pipelab-sequence", number("7"),
                    "blob", binary(new byte[] {1, 2})))
            .build(),
        SendMessageResponse.class);

    Message message = cloud.receive(url, 0).get(0);

    assertEquals("héllo", message.body());
    assertEquals(text("r1"), message.messageAttributes().get("pipelab-run"));
    assertEquals(number("7"), message.messageAttributes().get("pipelab-sequence"));
    assertEquals(binary(new byte[] {1, 2}), message.messageAttributes().get("blob"));
    assertEquals(
        "1", message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    assertEquals("000000000000", message.attributes().get(MessageSystemAttributeName.SENDER_ID));
    assertNotNull(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP));
    assertEquals(List.of(), cloud.receive(url, 0), "in flight");

    cloud.call(
        DeleteMessageRequest.builder().queueUrl(url).receiptHandle(message.receiptHandle()).build(),
        DeleteMessageResponse.class);
    assertEquals("0", counts(url).get("ApproximateNumberOfMessagesNotVisible"));
  }

  @Test
  void theDigestOfAttributesIsThatOfTheDeveloperGuide() {
    String url = cloud.createQueue("digest", Map.of());
    Map<String, MessageAttributeValue> attributes =
        Map.of("b", number("1"), "a", text("x"), "c", binary(new byte[] {9}));
    SendMessageResponse sent =
        cloud.call(
            SendMessageRequest.builder()
                .queueUrl(url)
                .messageBody("m")
                .messageAttributes(attributes)
                .build(),
            SendMessageResponse.class);

    assertEquals(sent.md5OfMessageAttributes(), Attributes.of(attributes).md5().hex());
    assertEquals(
        sent.md5OfMessageAttributes(), cloud.receive(url, 0).get(0).md5OfMessageAttributes());
  }

  @Test
  void onlyTheAttributesThatAreAskedForAreShown() {
    String url = cloud.createQueue("asked", Map.of());
    cloud.call(
        SendMessageRequest.builder()
            .queueUrl(url)
            .messageBody("m")
            .messageAttributes(Map.of("foo.a", text("1"), "foo.b", text("2"), "bar", text("3")))
            .build(),
        SendMessageResponse.class);

    Message message =
        cloud
            .call(
                ReceiveMessageRequest.builder()
                    .queueUrl(url)
                    .messageAttributeNames("foo.*")
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                    .build(),
                ReceiveMessageResponse.class)
            .messages()
            .get(0);

    assertEquals(Set.of("foo.a", "foo.b"), message.messageAttributes().keySet());
    assertEquals(
        Set.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT),
        message.attributes().keySet());
  }

  @Test
  void aBatchSendsWhatItCanAndNamesTheRest() {
    String url = cloud.createQueue("batch", Map.of());

    SendMessageBatchResponse response =
        batch(url, List.of(entry("a", "1"), entry("b", ""), entry("c", "bad\u0000")));

    assertEquals(1, response.successful().size());
    assertEquals("a", response.successful().get(0).id());
    assertEquals(
        List.of("MissingParameter", "InvalidMessageContents"),
        response.failed().stream().map(BatchResultErrorEntry::code).toList());
    assertTrue(response.failed().get(0).senderFault());
  }

  @Test
  void batchesAreRefusedWholeForTheirShape() {
    String url = cloud.createQueue("shapes", Map.of());
    List<SendMessageBatchRequestEntry> eleven =
        IntStream.range(0, 11).mapToObj(i -> entry("m" + i, "x")).toList();

    assertEquals("EmptyBatchRequest", code(() -> batch(url, List.of())));
    assertEquals("TooManyEntriesInBatchRequest", code(() -> batch(url, eleven)));
    assertEquals(
        "BatchEntryIdsNotDistinct",
        code(() -> batch(url, List.of(entry("a", "1"), entry("a", "2")))));
    assertEquals("InvalidBatchEntryId", code(() -> batch(url, List.of(entry("a b", "1")))));
    String half = "x".repeat(600_000);
    assertEquals(
        "BatchRequestTooLong", code(() -> batch(url, List.of(entry("a", half), entry("b", half)))));
  }

  @Test
  void aMessageMayHaveOneMebibyte() {
    String url = cloud.createQueue("long", Map.of());

    cloud.send(url, "x".repeat(1_048_576));

    assertEquals(1_048_576, cloud.receive(url, 0).get(0).body().length());
    assertEquals("InvalidParameterValue", code(() -> cloud.send(url, "x".repeat(1_048_577))));
  }

  @Test
  void poisonEndsInTheDeadLetterQueueAfterItsReceives() {
    cloud.createQueue("dead", Map.of());
    String url =
        cloud.createQueue(
            "poisoned",
            Map.of(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\","
                    + "\"maxReceiveCount\":\"3\"}"));
    cloud.send(url, "no number");

    for (int receive = 1; receive <= 3; receive++) {
      Message message = cloud.receive(url, 1).get(0);
      assertEquals(
          String.valueOf(receive),
          message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
      release(url, message);
    }
    assertEquals(List.of(), cloud.receive(url, 0), "the fourth receive moves it");

    Message dead = cloud.receive("http://elsewhere/000000000000/dead", 2).get(0);
    assertEquals("no number", dead.body());
    assertEquals(
        "arn:aws:sqs:us-east-1:000000000000:poisoned",
        dead.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN));
    assertEquals("4", dead.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
    assertEquals("0", counts(url).get("ApproximateNumberOfMessagesNotVisible"));
  }

  @Test
  void aFifoQueueKeepsItsGroupsInOrderAndDropsDuplicates() {
    String url =
        cloud.createQueue(
            "f.fifo", Map.of("FifoQueue", "true", "ContentBasedDeduplication", "true"));
    for (String body : List.of("1", "2", "2", "3")) {
      cloud.call(
          SendMessageRequest.builder().queueUrl(url).messageBody(body).messageGroupId("g").build(),
          SendMessageResponse.class);
    }

    List<Message> messages = cloud.receive(url, 0);

    assertEquals(List.of("1", "2", "3"), messages.stream().map(Message::body).toList());
    assertEquals(
        "g", messages.get(0).attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
    assertEquals("MissingParameter", code(() -> cloud.send(url, "x")));
  }

  @Test
  void callsAreCountedForCloudWatch() {
    String url = cloud.createQueue("counted", Map.of());
    cloud.send(url, "12345");
    cloud.send(url, "1");
    Message message = cloud.receive(url, 0).get(0);
    cloud.receive(url, 0);
    cloud.call(
        DeleteMessageRequest.builder().queueUrl(url).receiptHandle(message.receiptHandle()).build(),
        DeleteMessageResponse.class);
    cloud.sqs.sample(cloud.metrics);

    assertEquals(2, cloud.sums.get("counted NumberOfMessagesSent"));
    assertEquals(6, cloud.sums.get("counted SentMessageSize"));
    assertEquals(2, cloud.sums.get("counted NumberOfMessagesReceived"));
    assertEquals(1, cloud.sums.get("counted NumberOfEmptyReceives"));
    assertEquals(1, cloud.sums.get("counted NumberOfMessagesDeleted"));
    assertEquals(0, cloud.sums.get("counted ApproximateNumberOfMessagesVisible"));
    assertEquals(1, cloud.sums.get("counted ApproximateNumberOfMessagesNotVisible"));
    assertEquals(0, cloud.sums.get("counted ApproximateNumberOfMessagesDelayed"));
    assertNotNull(cloud.sums.get("counted ApproximateAgeOfOldestMessage"));
  }

  @Test
  void badParametersAreRefusedByName() {
    String url = cloud.createQueue("bad", Map.of());

    assertEquals("QueueDoesNotExist", code(() -> cloud.send("http://x/000000000000/none", "1")));
    assertEquals("MissingParameter", code(() -> cloud.send(url, "")));
    assertEquals("InvalidParameterValue", code(() -> cloud.receive(url, 21)));
    assertEquals(
        "ReceiptHandleIsInvalid",
        code(
            () ->
                cloud.call(
                    DeleteMessageRequest.builder().queueUrl(url).receiptHandle("x").build(),
                    DeleteMessageResponse.class)));
  }

  @Test
  void concurrentReceiversShareTheMessagesOut() throws Exception {
    String url = cloud.createQueue("shared", Map.of());
    for (int i = 0; i < 60; i++) {
      cloud.send(url, "m" + i);
    }
    List<Thread> threads = new ArrayList<>();
    List<String> bodies = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                List<Message> got;
                do {
                  got = cloud.receive(url, 0);
                  got.forEach(message -> bodies.add(message.body()));
                } while (!got.isEmpty());
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(60, bodies.size());
    assertEquals(60, new HashSet<>(bodies).size());
  }

  private static void release(String url, Message message) {
    cloud.call(
        ChangeMessageVisibilityRequest.builder()
            .queueUrl(url)
            .receiptHandle(message.receiptHandle())
            .visibilityTimeout(0)
            .build(),
        ChangeMessageVisibilityResponse.class);
  }

  private static Map<String, String> counts(String url) {
    return SqsQueuesIT.attributes(cloud, url);
  }

  private static SendMessageBatchResponse batch(
      String url, List<SendMessageBatchRequestEntry> entries) {
    return cloud.call(
        SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build(),
        SendMessageBatchResponse.class);
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private static String code(Runnable call) {
    return assertThrows(AwsError.class, call::run).code();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static MessageAttributeValue number(String value) {
    return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
  }

  private static MessageAttributeValue binary(byte[] value) {
    return MessageAttributeValue.builder()
        .dataType("Binary")
        .binaryValue(SdkBytes.fromByteArray(value))
        .build();
  }
}
