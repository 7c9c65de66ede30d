package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.AddPermissionRequest;
import software.amazon.awssdk.services.sqs.model.AddPermissionResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueResponse;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueResponse;

/** Answers and refusals in AWS's words, where the first engine had others. */
class SqsAsAwsTest {
  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";
  private static final Map<String, String> FIFO =
      Map.of("FifoQueue", "true", "ContentBasedDeduplication", "true");

  private final SqsFixture cloud = new SqsFixture();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aFifoBatchAnswersSequenceNumbers() {
    String url = cloud.createQueue("f.fifo", FIFO);

    SendMessageBatchResponse sent =
        cloud.call(
            SendMessageBatchRequest.builder().queueUrl(url).entries(fifo("1"), fifo("2")).build(),
            SendMessageBatchResponse.class);

    List<String> numbers =
        sent.successful().stream().map(SendMessageBatchResultEntry::sequenceNumber).toList();
    assertTrue(numbers.get(0).matches("\\d{20}"), numbers.toString());
    assertTrue(numbers.get(0).compareTo(numbers.get(1)) < 0, numbers.toString());
    assertFalse(sent.hasFailed());
    assertEquals(
        numbers,
        cloud.receive(url, 0).stream()
            .map(message -> message.attributes().get(MessageSystemAttributeName.SEQUENCE_NUMBER))
            .toList());
  }

  @Test
  void aBatchThatFailsWholeNamesNoSuccess() {
    String url = cloud.createQueue("plain", Map.of());

    SendMessageBatchResponse sent =
        cloud.call(
            SendMessageBatchRequest.builder()
                .queueUrl(url)
                .entries(e -> e.id("a").messageBody("x").messageDeduplicationId("d"))
                .build(),
            SendMessageBatchResponse.class);

    assertFalse(sent.hasSuccessful());
    assertEquals(1, sent.failed().size());
  }

  @Test
  void whatIsEmptyIsLeftOut() {
    String url = cloud.createQueue("plain", Map.of());

    assertFalse(
        cloud
            .call(
                GetQueueAttributesRequest.builder()
                    .queueUrl(url)
                    .attributeNames(QueueAttributeName.POLICY)
                    .build(),
                GetQueueAttributesResponse.class)
            .hasAttributes());
    assertFalse(
        cloud
            .call(
                ListQueuesRequest.builder().queueNamePrefix("none").build(),
                ListQueuesResponse.class)
            .hasQueueUrls());
  }

  @Test
  void theCountOfARedrivePolicyIsANumber() {
    cloud.createQueue("dead", Map.of());
    String policy = "{\"deadLetterTargetArn\":\"" + ARN + "dead\",\"maxReceiveCount\":\"7\"}";

    String url = cloud.createQueue("plain", Map.of("RedrivePolicy", policy));

    assertEquals(
        policy.replace("\"7\"", "7"), SqsQueuesIT.attributes(cloud, url).get("RedrivePolicy"));
    assertEquals(url, cloud.createQueue("plain", Map.of("RedrivePolicy", policy)));
  }

  @Test
  void fifoAndStandardQueuesAreNotMixedForDeadLetters() {
    cloud.createQueue("standard", Map.of());
    cloud.createQueue("fifo.fifo", FIFO);

    assertEquals(
        "InvalidParameterValue: Value "
            + redrive("fifo.fifo")
            + " for parameter RedrivePolicy is"
            + " invalid. Reason: Dead-letter queue must be same type of queue as the source.",
        refusal(() -> cloud.createQueue("q", Map.of("RedrivePolicy", redrive("fifo.fifo")))));
    assertTrue(
        refusal(
                () ->
                    cloud.createQueue(
                        "q.fifo",
                        Map.of("FifoQueue", "true", "RedrivePolicy", redrive("standard"))))
            .endsWith("Dead-letter queue must be same type of queue as the source."));
    assertTrue(
        refusal(
                () ->
                    cloud.createQueue("q", Map.of("RedrivePolicy", redrive("x").replace(ARN, ""))))
            .endsWith("Reason: Invalid value for deadLetterTargetArn."));
  }

  @Test
  void aDeadLetterQueueMayKeepSourcesOut() {
    cloud.createQueue("dead", Map.of("RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}"));
    assertTrue(
        refusal(() -> cloud.createQueue("q", Map.of("RedrivePolicy", redrive("dead"))))
            .startsWith("InvalidParameterValue"));

    cloud.createQueue(
        "picky",
        Map.of(
            "RedriveAllowPolicy",
            "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + ARN + "friend\"]}"));
    cloud.createQueue("friend", Map.of("RedrivePolicy", redrive("picky")));
    assertTrue(
        refusal(() -> cloud.createQueue("q", Map.of("RedrivePolicy", redrive("picky"))))
            .startsWith("InvalidParameterValue"));
  }

  @Test
  void oldReceiptHandlesAreTakenAsAwsTakesThem() {
    String url = cloud.createQueue("handles", Map.of("VisibilityTimeout", "0"));
    cloud.send(url, "x");
    Message old = cloud.receive(url, 0).get(0);
    Message fresh = receiveFor(url, 60);

    delete(url, old.receiptHandle());
    assertEquals(
        "1", SqsQueuesIT.attributes(cloud, url).get("ApproximateNumberOfMessagesNotVisible"));
    change(url, old.receiptHandle());
    delete(url, fresh.receiptHandle());
    delete(url, fresh.receiptHandle());
    DeleteMessageBatchResponse batch =
        cloud.call(
            DeleteMessageBatchRequest.builder()
                .queueUrl(url)
                .entries(
                    entry("gone", fresh.receiptHandle()),
                    entry("old", old.receiptHandle()),
                    entry("none", "x"))
                .build(),
            DeleteMessageBatchResponse.class);

    assertEquals(List.of("gone", "old"), batch.successful().stream().map(e -> e.id()).toList());
    assertEquals(
        List.of("ReceiptHandleIsInvalid"), batch.failed().stream().map(e -> e.code()).toList());
    assertEquals(
        "InvalidParameterValue: Value "
            + fresh.receiptHandle()
            + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
            + " available for visibility timeout change.",
        refusal(() -> change(url, fresh.receiptHandle())));
  }

  @Test
  void aMessageIsInvisibleForTwelveHoursInAll() {
    String url = cloud.createQueue("long", Map.of());
    cloud.send(url, "x");
    String handle = receiveFor(url, 30).receiptHandle();
    ChangeMessageVisibilityRequest most =
        ChangeMessageVisibilityRequest.builder()
            .queueUrl(url)
            .receiptHandle(handle)
            .visibilityTimeout(43_200)
            .build();
    String said = "";
    // It is refused as soon as a millisecond has passed since the receive.
    while (said.isEmpty()) {
      try {
        cloud.call(most, ChangeMessageVisibilityResponse.class);
      } catch (AwsError e) {
        said = e.code() + ": " + e.getMessage();
      }
    }
    assertEquals(
        "InvalidParameterValue: Value 43200 for parameter VisibilityTimeout is invalid. Reason:"
            + " Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
        said);
  }

  @Test
  void aFifoQueuesHandleExpires() {
    String url = cloud.createQueue("f.fifo", FIFO);
    cloud.call(
        SendMessageRequest.builder().queueUrl(url).messageBody("x").messageGroupId("g").build(),
        SendMessageResponse.class);
    String handle = receiveFor(url, 0).receiptHandle();

    // Recorded against AWS: test_fifo_delete_message_with_expired_receipt_handle of LocalStack.
    assertEquals(
        "InvalidParameterValue: Value "
            + handle
            + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.",
        refusal(() -> delete(url, handle)));
    assertEquals(
        "MessageNotInflight: The specified message isn't in flight.",
        refusal(() -> change(url, handle)));
  }

  @Test
  void tagsAreChecked() {
    String url = cloud.createQueue("tagged", Map.of());
    Map<String, String> many =
        IntStream.range(0, 51).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));

    assertEquals(
        "MissingParameter: The request must contain the parameter Tags.",
        refusal(() -> tag(url, Map.of())));
    assertEquals(
        "InvalidParameterValue: Too many tags added for queue tagged.",
        refusal(() -> tag(url, many)));
    String length =
        "InvalidParameterValue: Tag keys must be between 1 and 128 characters in length.";
    assertEquals(length, refusal(() -> tag(url, Map.of("k".repeat(129), "v"))));
    assertEquals(
        length,
        refusal(
            () ->
                cloud.call(
                    UntagQueueRequest.builder().queueUrl(url).tagKeys(List.of()).build(),
                    UntagQueueResponse.class)));
  }

  @Test
  void permissionsAreChecked() {
    String url = cloud.createQueue("permitted", Map.of());

    assertEquals(
        "MissingParameter: The request must contain the parameter Actions.",
        refusal(() -> permit(url, List.of("111122223333"), List.of())));
    assertEquals(
        "InvalidParameterValue: Value [] for parameter PrincipalId is invalid. Reason: Unable to"
            + " verify.",
        refusal(() -> permit(url, List.of(), List.of("SendMessage"))));
    assertEquals(
        "OverLimit: 8 Actions were found, maximum allowed is 7.",
        refusal(() -> permit(url, List.of("111122223333"), Collections.nCopies(8, "SendMessage"))));
    assertEquals(
        "InvalidParameterValue: Value SQS:RemovePermission for parameter ActionName is invalid."
            + " Reason: Only the queue owner is allowed to invoke this action.",
        refusal(() -> permit(url, List.of("111122223333"), List.of("RemovePermission"))));
  }

  @Test
  void theTraceHeaderGoesWithTheMessage() {
    String url = cloud.createQueue("traced", Map.of());
    SendMessageResponse sent =
        cloud.call(
            SendMessageRequest.builder()
                .queueUrl(url)
                .messageBody("x")
                .messageSystemAttributes(
                    Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                            .dataType("String")
                            .stringValue("Root=1-2-3")
                            .build()))
                .build(),
            SendMessageResponse.class);

    assertEquals(32, sent.md5OfMessageSystemAttributes().length());
    assertEquals(
        "Root=1-2-3",
        cloud.receive(url, 0).get(0).attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER));
  }

  @Test
  void aWaitEndsWithItsQueue() throws Exception {
    String url = cloud.createQueue("ending", Map.of());
    Thread deletes =
        new Thread(
            () ->
                cloud.call(
                    DeleteQueueRequest.builder().queueUrl(url).build(), DeleteQueueResponse.class));
    deletes.start();

    assertEquals(
        "QueueDoesNotExist: The specified queue does not exist.",
        refusal(() -> cloud.receive(url, 20)));
    deletes.join();
  }

  @Test
  void manyWaitAtOnceAndEachMessageGoesToOneOfThem() {
    String url = cloud.createQueue("busy", Map.of());
    ReceiveMessageRequest poll =
        ReceiveMessageRequest.builder().queueUrl(url).waitTimeSeconds(20).build();
    List<CompletableFuture<ReceiveMessageResponse>> waits =
        IntStream.range(0, 1000).mapToObj(i -> cloud.begin(poll)).toList();
    assertTrue(waits.stream().noneMatch(CompletableFuture::isDone));
    waits.subList(0, 500).forEach(wait -> wait.cancel(true));

    for (int i = 0; i < 500; i++) {
      cloud.send(url, "m" + i);
    }

    assertEquals(
        500,
        waits.subList(500, 1000).stream()
            .map(wait -> wait.join().messages().get(0).body())
            .distinct()
            .count());
    assertEquals(List.of(), cloud.receive(url, 0));
  }

  @Test
  void moveTasksAreToldOf() {
    cloud.createQueue("dead", Map.of());
    cloud.createQueue("source", Map.of("RedrivePolicy", redrive("dead")));
    StartMessageMoveTaskRequest start =
        StartMessageMoveTaskRequest.builder()
            .sourceArn(ARN + "dead")
            .maxNumberOfMessagesPerSecond(1)
            .build();
    for (int i = 0; i < 3; i++) {
      cloud.send("http://x/000000000000/dead", "m" + i);
    }
    String handle = cloud.call(start, StartMessageMoveTaskResponse.class).taskHandle();
    assertFalse(handle.isEmpty());

    ListMessageMoveTasksResponse tasks =
        cloud.call(
            ListMessageMoveTasksRequest.builder().sourceArn(ARN + "dead").build(),
            ListMessageMoveTasksResponse.class);

    assertEquals(1, tasks.results().size());
    assertEquals(3, tasks.results().get(0).approximateNumberOfMessagesToMove());
    assertEquals(
        "InvalidParameterValue: Source queue must be configured as a Dead Letter Queue.",
        refusal(
            () ->
                cloud.call(
                    start.toBuilder().sourceArn(ARN + "source").build(),
                    StartMessageMoveTaskResponse.class)));
  }

  private Message receiveFor(String url, int seconds) {
    return cloud
        .call(
            ReceiveMessageRequest.builder().queueUrl(url).visibilityTimeout(seconds).build(),
            ReceiveMessageResponse.class)
        .messages()
        .get(0);
  }

  private void delete(String url, String handle) {
    cloud.call(
        DeleteMessageRequest.builder().queueUrl(url).receiptHandle(handle).build(),
        DeleteMessageResponse.class);
  }

  private void change(String url, String handle) {
    cloud.call(
        ChangeMessageVisibilityRequest.builder()
            .queueUrl(url)
            .receiptHandle(handle)
            .visibilityTimeout(9)
            .build(),
        ChangeMessageVisibilityResponse.class);
  }

  private void tag(String url, Map<String, String> tags) {
    cloud.call(TagQueueRequest.builder().queueUrl(url).tags(tags).build(), TagQueueResponse.class);
  }

  private void permit(String url, List<String> accounts, List<String> actions) {
    cloud.call(
        AddPermissionRequest.builder()
            .queueUrl(url)
            .label("l")
            .awsAccountIds(accounts)
            .actions(actions)
            .build(),
        AddPermissionResponse.class);
  }

  private static DeleteMessageBatchRequestEntry entry(String id, String handle) {
    return DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build();
  }

  private static SendMessageBatchRequestEntry fifo(String id) {
    return SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody(id)
        .messageGroupId("g")
        .build();
  }

  private static String redrive(String name) {
    return "{\"deadLetterTargetArn\":\"" + ARN + name + "\",\"maxReceiveCount\":3}";
  }

  private static String refusal(Runnable call) {
    AwsError error = assertThrows(AwsError.class, call::run);
    return error.code() + ": " + error.getMessage();
  }
}
