package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.VISIBILITY_TIMEOUT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Queues read for functions, from the send to the log line. */
@Timeout(300)
final class EventSourceMappingIT {
  private static final String HANDLER =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.util.*;

      public class Reader implements RequestHandler<Map<String, Object>, Object> {
        public Object handleRequest(Map<String, Object> event, Context context) {
          List<Map<String, Object>> failures = new ArrayList<>();
          List<Map<String, Object>> records = (List<Map<String, Object>>) event.get("Records");
          System.out.println("batch of " + records.size());
          for (Map<String, Object> record : records) {
            Map<String, String> attributes = (Map<String, String>) record.get("attributes");
            String body = (String) record.get("body");
            System.out.println(
                "saw " + body + " receive " + attributes.get("ApproximateReceiveCount"));
            if (body.equals("show")) {
              System.out.println("shown " + record);
            }
            if (body.startsWith("throw")) {
              throw new IllegalStateException(body);
            }
            if (body.startsWith("bad")) {
              failures.add(Map.of("itemIdentifier", record.get("messageId")));
            }
          }
          return Map.of("batchItemFailures", failures);
        }
      }
      """;

  private final TestCloud cloud;

  EventSourceMappingIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private void function(int timeout) throws Exception {
    String role = cloud.role("reader", "AWSLambdaSQSQueueExecutionRole");
    var code = cloud.code("Reader", HANDLER);
    cloud.lambda.createFunction(
        r ->
            r.functionName("reader")
                .runtime("java17")
                .handler("Reader")
                .role(role)
                .timeout(timeout)
                .memorySize(256)
                .code(zip -> zip.zipFile(code)));
  }

  private CreateEventSourceMappingResponse map(String queue, boolean partial) {
    return cloud.lambda.createEventSourceMapping(
        r -> {
          r.functionName("reader").eventSourceArn(cloud.arn("sqs", queue));
          if (partial) {
            r.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
          }
        });
  }

  private void awaitState(String uuid, String state) {
    TestCloud.await(
        state, () -> cloud.lambda.getEventSourceMapping(r -> r.uuid(uuid)).state().equals(state));
  }

  private boolean empty(String url) {
    return cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES) == 0
        && cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE) == 0;
  }

  private List<String> saw(String body) {
    return cloud.logged("reader", "saw " + body + " ");
  }

  @Test
  void messagesReachTheFunctionAsAwsShowsThem() throws Exception {
    function(10);
    String url = cloud.queue("in", Map.of(VISIBILITY_TIMEOUT, "60"));
    CreateEventSourceMappingResponse mapping = map("in", true);
    assertEquals("Creating", mapping.state());
    awaitState(mapping.uuid(), "Enabled");
    MessageAttributeValue kind =
        MessageAttributeValue.builder().dataType("String").stringValue("test").build();
    cloud.sqs.sendMessage(
        r -> r.queueUrl(url).messageBody("show").messageAttributes(Map.of("kind", kind)));
    TestCloud.await("message deleted", () -> empty(url) && !saw("show").isEmpty());
    String record = cloud.logged("reader", "shown").get(0);
    for (String part :
        List.of(
            "messageId=",
            "receiptHandle=",
            "body=show",
            "ApproximateReceiveCount=1",
            "SentTimestamp=",
            "SenderId=000000000000",
            "ApproximateFirstReceiveTimestamp=",
            "messageAttributes={kind={stringValue=test, stringListValues=[],"
                + " binaryListValues=[], dataType=String}}",
            "md5OfBody=a7dd12b1dab17d25467b0b0a4c8d4a92",
            "eventSource=aws:sqs",
            "eventSourceARN=" + cloud.arn("sqs", "in"),
            "awsRegion=us-east-1")) {
      assertTrue(record.contains(part), part + " in " + record);
    }
  }

  @Test
  void onlyWhatFailedComesAgainAndGoesToTheDeadLetters() throws Exception {
    function(3);
    String dead = cloud.queue("dead", Map.of());
    String redrive =
        "{\"deadLetterTargetArn\":\"" + cloud.arn("sqs", "dead") + "\",\"maxReceiveCount\":4}";
    String url = cloud.queue("in", Map.of(VISIBILITY_TIMEOUT, "3", REDRIVE_POLICY, redrive));
    map("in", true);
    // A cold start may take longer than the visibility timeout; what is counted comes afterwards.
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("warm-up"));
    TestCloud.await("warm", () -> empty(url) && !saw("warm-up").isEmpty());
    cloud.sqs.sendMessageBatch(
        r ->
            r.queueUrl(url)
                .entries(
                    IntStream.range(0, 10)
                        .mapToObj(
                            i ->
                                SendMessageBatchRequestEntry.builder()
                                    .id("m" + i)
                                    .messageBody(i == 3 ? "bad-" + i : "good-" + i)
                                    .build())
                        .toList()));
    TestCloud.await("dead letter", () -> cloud.depth(dead, APPROXIMATE_NUMBER_OF_MESSAGES) == 1);
    assertTrue(empty(url));
    assertEquals(
        List.of("1", "2", "3", "4"),
        saw("bad-3").stream()
            .map(line -> line.strip().replaceAll(".*receive ", ""))
            .sorted()
            .toList());
    for (int i : List.of(0, 1, 2, 4, 5, 6, 7, 8, 9)) {
      assertEquals(1, saw("good-" + i).size(), "good-" + i);
    }
    assertEquals("bad-3", cloud.sqs.receiveMessage(r -> r.queueUrl(dead)).messages().get(0).body());
  }

  @Test
  void nothingIsReadWhileDisabledAndNothingIsLost() throws Exception {
    function(5);
    String url = cloud.queue("in", Map.of());
    String uuid = map("in", false).uuid();
    awaitState(uuid, "Enabled");
    assertEquals(
        "Disabling",
        cloud.lambda.updateEventSourceMapping(r -> r.uuid(uuid).enabled(false)).state());
    awaitState(uuid, "Disabled");
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("later"));
    assertEquals(1, cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES));
    cloud.lambda.updateEventSourceMapping(r -> r.uuid(uuid).enabled(true).batchSize(1));
    TestCloud.await("message deleted", () -> empty(url));
    assertTrue(saw("later").get(0).contains("receive 1"));
    assertEquals("Deleting", cloud.lambda.deleteEventSourceMapping(r -> r.uuid(uuid)).state());
    TestCloud.await(
        "gone", () -> cloud.lambda.listEventSourceMappings().eventSourceMappings().isEmpty());
    assertThrows(
        ResourceNotFoundException.class,
        () -> cloud.lambda.getEventSourceMapping(r -> r.uuid(uuid)));
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("left"));
    assertEquals(1, cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  @Test
  void aMappingOutlivesItsFunctionAndKeepsTheMessages() throws Exception {
    function(5);
    String url = cloud.queue("in", Map.of());
    CreateEventSourceMappingResponse mapping = map("in", false);
    awaitState(mapping.uuid(), "Enabled");
    cloud.lambda.tagResource(
        r -> r.resource(mapping.eventSourceMappingArn()).tags(Map.of("lab", "image-resize")));
    assertEquals(
        Map.of("lab", "image-resize"),
        cloud.lambda.listTags(r -> r.resource(mapping.eventSourceMappingArn())).tags());
    cloud.lambda.deleteFunction(r -> r.functionName("reader"));
    assertEquals(
        "Enabled", cloud.lambda.getEventSourceMapping(r -> r.uuid(mapping.uuid())).state());
    cloud.lambda.deleteEventSourceMapping(r -> r.uuid(mapping.uuid()));
    TestCloud.await(
        "gone", () -> cloud.lambda.listEventSourceMappings().eventSourceMappings().isEmpty());
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("kept"));
    assertEquals(1, cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  @Test
  void aThrottledFunctionSeesItsMessageLater() throws Exception {
    function(5);
    String url = cloud.queue("in", Map.of());
    cloud.lambda.putFunctionConcurrency(
        r -> r.functionName("reader").reservedConcurrentExecutions(0));
    map("in", false);
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("patient"));
    TestCloud.await(
        "in flight", () -> cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE) == 1);
    assertEquals(List.of(), saw("patient"));
    cloud.lambda.deleteFunctionConcurrency(r -> r.functionName("reader"));
    TestCloud.await("message deleted", () -> empty(url));
    assertTrue(saw("patient").get(0).contains("receive 1"));
  }

  @Test
  void aWindowGathersABatch() throws Exception {
    function(5);
    String url = cloud.queue("in", Map.of());
    cloud.lambda.createEventSourceMapping(
        r ->
            r.functionName("reader")
                .eventSourceArn(cloud.arn("sqs", "in"))
                .batchSize(25)
                .maximumBatchingWindowInSeconds(30));
    for (int batch = 0; batch < 3; batch++) {
      int first = batch * 10;
      cloud.sqs.sendMessageBatch(
          r ->
              r.queueUrl(url)
                  .entries(
                      IntStream.range(first, Math.min(25, first + 10))
                          .mapToObj(
                              i ->
                                  SendMessageBatchRequestEntry.builder()
                                      .id("m" + i)
                                      .messageBody("n" + i)
                                      .build())
                          .toList()));
    }
    TestCloud.await("all done", () -> empty(url));
    assertEquals(1, cloud.logged("reader", "batch of 25").size());
  }

  @Test
  void whatAwsRefusesIsRefusedInItsWords() throws Exception {
    function(31);
    cloud.queue("in", Map.of());
    assertEquals(
        "Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds",
        refusal(() -> map("in", false)));
    assertTrue(refusal(() -> map("none", false)).contains("NonExistentQueue"));
    cloud.lambda.updateFunctionConfiguration(r -> r.functionName("reader").timeout(30));
    String policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole";
    cloud.iam.detachRolePolicy(r -> r.roleName("reader").policyArn(policy));
    assertEquals(
        "The provided execution role does not have permissions to call ReceiveMessage on SQS",
        refusal(() -> map("in", false)));
    cloud.iam.attachRolePolicy(r -> r.roleName("reader").policyArn(policy));
    assertTrue(
        refusal(
                () ->
                    cloud.lambda.createEventSourceMapping(
                        r ->
                            r.functionName("reader")
                                .eventSourceArn(cloud.arn("sqs", "in"))
                                .batchSize(11)))
            .startsWith("Maximum batch window in seconds must be greater than 0"));
    String uuid = map("in", false).uuid();
    ResourceConflictException twice =
        assertThrows(ResourceConflictException.class, () -> map("in", false));
    assertEquals(
        "An event source mapping with SQS arn (\" "
            + cloud.arn("sqs", "in")
            + " \") and function (\" reader \") already exists. Please update or delete the"
            + " existing mapping with UUID "
            + uuid,
        twice.awsErrorDetails().errorMessage());
  }

  private static String refusal(Runnable call) {
    return assertThrows(InvalidParameterValueException.class, call::run)
        .awsErrorDetails()
        .errorMessage();
  }
}
