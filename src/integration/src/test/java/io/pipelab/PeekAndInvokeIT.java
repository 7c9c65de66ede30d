package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.Launched.Ended;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code pipelab peek} and {@code pipelab invoke} on labs that are up, seen by the AWS SDK. */
class PeekAndInvokeIT {
  private static final String MANIFEST =
      """
      title: Queues
      summary: Queues that nobody reads.
      services: [SQS]
      cost: {hourlyUsd: 0, note: nothing}
      stacks:
        - id: lab
          template: stack.yaml
      steps:
        - id: queue
          title: The queue
          hop: SQS
          checks:
            - type: queue-attributes
              with: {queue: "${outputs.TwiceUrl}", attributes: {VisibilityTimeout: 30}}
              hint: Restore the queue.
      """;

  private static final String TEMPLATE =
      """
      Resources:
        Letters: {Type: AWS::SQS::Queue, Properties: {QueueName: letters}}
        Open: {Type: AWS::SQS::Queue, Properties: {QueueName: open-queue}}
        Twice:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: twice
            RedrivePolicy: {deadLetterTargetArn: !GetAtt Letters.Arn, maxReceiveCount: 2}
        Once:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: once
            RedrivePolicy: {deadLetterTargetArn: !GetAtt Letters.Arn, maxReceiveCount: 1}
        Ordered:
          Type: AWS::SQS::Queue
          Properties: {QueueName: ordered.fifo, FifoQueue: true, ContentBasedDeduplication: true}
      Outputs:
        TwiceUrl: {Value: !Ref Twice}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Launched launched;
  private static InProcess pipelab;
  private static SqsClient sqs;

  @BeforeAll
  static void up() throws Exception {
    launched = new Launched(folder);
    pipelab = InProcess.in(folder);
    Path lab = Files.createDirectories(folder.resolve("queues"));
    Files.writeString(lab.resolve("lab.yaml"), MANIFEST);
    Files.writeString(lab.resolve("stack.yaml"), TEMPLATE);
    done(launched.run("local", "start", "--port", "0"));
    done(pipelab.run("up", "--lab-dir", lab.toString()));
    done(pipelab.run("up", "job-offers"));
    JsonNode cloud = JSON.readTree(folder.resolve("state/pipelab/local/cloud.json").toFile());
    sqs =
        SqsClient.builder()
            .endpointOverride(URI.create(cloud.path("endpoint").asText()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    sqs.close();
    launched.run("local", "stop");
  }

  @Test
  void aLookTakesNothingOut() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sent.add(send("open-queue", "{\"n\": " + i + "}"));
    }
    JsonNode seen = json(pipelab.run("peek", "Open", "-n", "20", "-o", "json"));
    assertEquals(12, seen.path("messages").size());
    assertTrue(seen.path("messages").findValuesAsText("messageId").containsAll(sent));
    assertEquals("JSON", seen.at("/messages/0/unfolded/kind").asText());
    assertEquals("done", seen.path("end").asText());
    assertEquals("0", inFlight("open-queue"));
    List<Message> left = new ArrayList<>();
    while (left.size() < 12) {
      List<Message> more = receive("open-queue", 10);
      assertTrue(!more.isEmpty(), () -> "only " + left.size() + " are left");
      left.addAll(more);
    }
    left.forEach(message -> assertEquals("2", receives(message), "the look was the first receive"));
  }

  @Test
  void aLookEndsBeforeItIsTheLastReceive() throws Exception {
    for (int i = 0; i < 5; i++) {
      send("twice", "x");
    }
    Ended first = pipelab.run("peek", "TwiceUrl");
    done(first);
    assertTrue(first.out().contains("received once of 2: 1 left"), first::told);
    JsonNode second = json(pipelab.run("peek", "twice", "-o", "json"));
    assertEquals("last-receive", second.path("end").asText());
    assertEquals(1, second.path("messages").size());
    assertEquals(0, second.at("/messages/0/receivesLeft").asInt());
    assertEquals(4, receive("twice", 10).size(), "one goes where the look said");
    JsonNode letters = json(pipelab.run("peek", "queues", "Letters", "-o", "json"));
    assertEquals(
        second.at("/messages/0/messageId"),
        letters.at("/messages/0/messageId"),
        letters::toPrettyString);
  }

  @Test
  void whereOneReceiveIsAllThereIsNobodyLooksUnasked() throws Exception {
    send("once", "x");
    Ended refused = pipelab.run("peek", "Once");
    assertEquals(2, refused.exitCode(), refused::told);
    assertTrue(refused.err().contains("add --yes"), refused::told);
    JsonNode agreed = json(pipelab.run("peek", "Once", "--yes", "-o", "json"));
    assertEquals(1, agreed.at("/messages/0/receiveCount").asInt(), "the first was no receive");
  }

  @Test
  void groupsKeepTheirOrder() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      sent.add(
          sqs.sendMessage(
                  send ->
                      send.queueUrl(url("ordered.fifo"))
                          .messageGroupId("g")
                          .messageBody("m" + number))
              .messageId());
    }
    JsonNode seen = json(pipelab.run("peek", "ordered.fifo", "-o", "json"));
    assertEquals(sent, seen.path("messages").findValuesAsText("messageId"));
    assertEquals(
        "g", seen.at("/messages/0/systemAttributes/MessageGroupId").asText(), seen::toPrettyString);
    assertEquals(sent, receive("ordered.fifo", 10).stream().map(Message::messageId).toList());
  }

  @Test
  void whatThereIsIsListed() throws Exception {
    for (Ended ended :
        List.of(
            pipelab.run("peek"), pipelab.run("peek", "twicee"), pipelab.run("peek", "queues"))) {
      assertEquals(2, ended.exitCode(), ended::told);
      assertTrue(ended.err().contains("queues: "), ended::told);
      assertTrue(ended.err().contains("twice (Twice)"), ended::told);
    }
    Ended function = pipelab.run("invoke", "job_api_lamda");
    assertEquals(2, function.exitCode(), function::told);
    assertTrue(function.err().contains("did you mean \"job_api_lambda\"?"), function::told);
  }

  @Test
  void theSampleEventsWork() throws Exception {
    done(pipelab.run("upload", "job-offers"));
    JsonNode file =
        json(
            pipelab.run(
                "invoke",
                "s3_to_sqs_lambda",
                "--event",
                "samples/job-offers/s3-event.json",
                "-o",
                "json"));
    assertEquals(141, file.at("/payload/files/0/sent").asInt(), file::toPrettyString);
    assertTrue(file.at("/report/durationMs").asDouble() > 0, file::toPrettyString);
    JsonNode api =
        json(
            pipelab.run(
                "invoke",
                "ApiFunction",
                "--event",
                "samples/job-offers/api-event.json",
                "-o",
                "json"));
    assertEquals(200, api.at("/payload/statusCode").asInt(), api::toPrettyString);
  }

  @Test
  void aFunctionThatFailsIsExitCodeOne() throws Exception {
    Ended failed = pipelab.run("{}\n", new String[] {"invoke", "FileFunctionName", "--event", "-"});
    assertEquals(1, failed.exitCode(), failed::told);
    assertTrue(
        failed.out().contains("IllegalArgumentException: the event holds no S3 record"),
        failed::told);
    assertTrue(failed.out().contains("S3ToSqs.handleRequest(S3ToSqs.java:"), failed::told);
    assertTrue(failed.out().contains(" of 512 MB"), failed::told);
  }

  @Test
  void aQueuedEventIsFoundInTheLogByItsRequest() throws Exception {
    JsonNode queued =
        json(
            pipelab.run(
                "invoke",
                "job_api_lambda",
                "--async",
                "--event",
                "{\"rawPath\":\"/\"}",
                "-o",
                "json"));
    assertEquals(202, queued.path("status").asInt());
    assertEquals("/aws/lambda/job_api_lambda", queued.path("logGroup").asText());
    String start = "START RequestId: " + queued.path("requestId").asText();
    Instant over = Instant.now().plus(Duration.ofMinutes(5));
    Ended logs = pipelab.run("logs", "job-offers");
    while (!logs.out().contains(start) && Instant.now().isBefore(over)) {
      logs = pipelab.run("logs", "job-offers");
    }
    Ended last = logs;
    assertTrue(last.out().contains(start), last::told);
  }

  @Test
  void whatLambdaDoesNotTake() throws Exception {
    Path large = folder.resolve("large.json");
    Files.writeString(large, "\"" + "x".repeat(1_048_576) + "\"");
    Map.of(
            List.of("invoke", "job_api_lambda", "--event", "{"), 2,
            List.of("invoke", "job_api_lambda", "--event", "nowhere.json"), 2,
            List.of("invoke", "job_api_lambda", "--event", "\"${outputs.Nothing}\""), 2,
            List.of("invoke", "job_api_lambda", "--async", "--event", large.toString()), 2,
            List.of("invoke", "job_api_lambda", "--qualifier", "99"), 254)
        .forEach(
            (command, exitCode) -> {
              Ended ended = run(command);
              assertEquals(exitCode, ended.exitCode(), () -> command + "\n" + ended.told());
            });
  }

  private static Ended run(List<String> command) {
    return pipelab.run(command.toArray(String[]::new));
  }

  private static void done(Ended ended) {
    assertEquals(0, ended.exitCode(), ended::told);
  }

  private static JsonNode json(Ended ended) throws Exception {
    done(ended);
    return JSON.readTree(ended.out());
  }

  private static String url(String queue) {
    return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
  }

  private static String send(String queue, String body) {
    return sqs.sendMessage(send -> send.queueUrl(url(queue)).messageBody(body)).messageId();
  }

  private static List<Message> receive(String queue, int most) {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(url(queue))
                    .maxNumberOfMessages(most)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private static String receives(Message message) {
    return message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
  }

  private static String inFlight(String queue) {
    return sqs.getQueueAttributes(
            get -> get.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings()
        .get("ApproximateNumberOfMessagesNotVisible");
  }
}
