package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What services tell EventBridge's default bus reaches the rules that wait for it. */
@Timeout(120)
final class ServiceEventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ECHO =
      """
      import java.util.Map;
      public class Echo {
        public Object handle(Map<String, Object> event) {
          return event;
        }
      }
      """;

  private final TestCloud cloud;
  private final EventBridgeClient events;

  ServiceEventsIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
    this.events = cloud.client(EventBridgeClient.builder());
  }

  @AfterEach
  void close() {
    events.close();
    cloud.close();
  }

  /** A queue that gets what matches a pattern. */
  private String queue(String name, String pattern) {
    String arn = cloud.arn("sqs", name);
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
            + "\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\""
            + arn
            + "\"}]}";
    String url = cloud.queue(name, Map.of(QueueAttributeName.POLICY, policy));
    events.putRule(r -> r.name(name).eventPattern(pattern));
    events.putTargets(r -> r.rule(name).targets(t -> t.id("1").arn(arn)));
    return url;
  }

  private JsonNode next(String url) throws IOException {
    Message message =
        cloud.sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages().get(0);
    cloud.sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    return JSON.readTree(message.body());
  }

  @Test
  void alarmsTellOfTheirState() throws IOException {
    String url =
        queue(
            "alarms",
            "{\"source\":[\"aws.cloudwatch\"],\"detail-type\":[\"CloudWatch Alarm State Change\"],"
                + "\"detail\":{\"state\":{\"value\":[\"ALARM\"]}}}");
    try (CloudWatchClient cloudWatch = cloud.client(CloudWatchClient.builder())) {
      cloudWatch.putMetricAlarm(
          r ->
              r.alarmName("depth")
                  .namespace("AWS/SQS")
                  .metricName("ApproximateNumberOfMessagesVisible")
                  .statistic("Sum")
                  .period(86400)
                  .evaluationPeriods(1)
                  .threshold(1.0)
                  .comparisonOperator("GreaterThanThreshold"));
      cloudWatch.setAlarmState(
          r -> r.alarmName("depth").stateValue("ALARM").stateReason("a drill"));
    }
    JsonNode event = next(url);
    assertEquals(
        "arn:aws:cloudwatch:us-east-1:000000000000:alarm:depth", event.at("/resources/0").asText());
    assertEquals("a drill", event.at("/detail/state/reason").asText());
    assertEquals("INSUFFICIENT_DATA", event.at("/detail/previousState/value").asText());
  }

  @Test
  void aTaskTellsWhyItEnded() throws IOException {
    String url =
        queue(
            "tasks",
            "{\"source\":[\"aws.ecs\"],\"detail-type\":[\"ECS Task State Change\"],"
                + "\"detail\":{\"lastStatus\":[\"STOPPED\"]}}");
    String subnet;
    try (Ec2Client ec2 = cloud.client(Ec2Client.builder())) {
      subnet = ec2.describeSubnets().subnets().get(0).subnetId();
    }
    String task;
    try (EcsClient ecs = cloud.client(EcsClient.builder())) {
      ecs.createCluster(r -> r.clusterName("default"));
      ecs.registerTaskDefinition(
          r ->
              r.family("job")
                  .requiresCompatibilities(Compatibility.FARGATE)
                  .networkMode(NetworkMode.AWSVPC)
                  .cpu("256")
                  .memory("512")
                  .containerDefinitions(c -> c.name("main").image("nowhere")));
      task =
          ecs.runTask(
                  r ->
                      r.taskDefinition("job")
                          .launchType(LaunchType.FARGATE)
                          .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnet))))
              .tasks()
              .get(0)
              .taskArn();
    }
    JsonNode event = next(url);
    assertEquals(task, event.at("/resources/0").asText());
    assertEquals(task, event.at("/detail/taskArn").asText());
    assertEquals("TaskFailedToStart", event.at("/detail/stopCode").asText());
    assertTrue(
        event.at("/detail/stoppedReason").asText().startsWith("CannotPullContainerError"),
        event.toString());
    assertEquals("STOPPED", event.at("/detail/containers/0/lastStatus").asText());
  }

  @Test
  void aBucketOfAStackTellsOfItsObjects() throws IOException {
    String url =
        queue(
            "objects",
            "{\"source\":[\"aws.s3\"],\"detail\":{\"bucket\":{\"name\":[\"told\"]},"
                + "\"object\":{\"key\":[{\"suffix\":\".png\"}]}}}");
    cloud.stack(
        "bucket",
        """
        {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {
          "BucketName": "told", "NotificationConfiguration": {
            "EventBridgeConfiguration": {"EventBridgeEnabled": true}}}}}}
        """);
    cloud.s3.putObject(r -> r.bucket("told").key("no"), RequestBody.fromString("x"));
    cloud.s3.putObject(r -> r.bucket("told").key("a.png"), RequestBody.fromString("x"));
    assertEquals("Object Created", next(url, "a.png").path("detail-type").asText());
    cloud.s3.deleteObject(r -> r.bucket("told").key("a.png"));
    assertEquals("Object Deleted", next(url, "a.png").path("detail-type").asText());
  }

  private JsonNode next(String url, String key) throws IOException {
    JsonNode event = next(url);
    assertEquals(key, event.at("/detail/object/key").asText());
    return event;
  }

  @Test
  void aStackTellsThatItIsThere() throws IOException {
    String url =
        queue(
            "stacks",
            "{\"source\":[\"aws.cloudformation\"],"
                + "\"detail-type\":[\"CloudFormation Stack Status Change\"],"
                + "\"detail\":{\"status-details\":{\"status\":[\"CREATE_COMPLETE\"]}}}");
    String id =
        cloud.stack("made", "{\"Resources\": {\"Q\": {\"Type\": \"AWS::SQS::Queue\"}}}").stackId();
    JsonNode event = next(url);
    assertEquals(id, event.at("/detail/stack-id").asText());
    assertEquals(id, event.at("/resources/0").asText());
  }

  @Test
  void aFunctionsResultReachesTheBusWhenItsRoleMayPutEvents() throws Exception {
    String url =
        queue("results", "{\"source\":[\"lambda\"],\"detail\":{\"requestPayload\":{\"n\":[2]}}}");
    String role = cloud.role("worker", "AWSLambdaBasicExecutionRole");
    var code = cloud.code("Echo", ECHO);
    cloud.lambda.createFunction(
        r ->
            r.functionName("f")
                .runtime("java17")
                .handler("Echo::handle")
                .role(role)
                .code(c -> c.zipFile(code)));
    cloud.lambda.putFunctionEventInvokeConfig(
        r ->
            r.functionName("f")
                .destinationConfig(
                    c ->
                        c.onSuccess(s -> s.destination(cloud.arn("events", "event-bus/default")))));
    invoke(1);
    TestCloud.await("a refusal", () -> cloud.denied("events:PutEvents"));
    cloud.iam.putRolePolicy(
        r ->
            r.roleName("worker")
                .policyName("events")
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"events:PutEvents\",\"Resource\":\"*\"}]}"));
    invoke(2);
    JsonNode event = next(url);
    assertEquals("Lambda Function Invocation Result - Success", event.path("detail-type").asText());
    assertEquals("Success", event.at("/detail/requestContext/condition").asText());
  }

  private void invoke(int n) {
    cloud.lambda.invoke(
        r ->
            r.functionName("f")
                .invocationType("Event")
                .payload(SdkBytes.fromUtf8String("{\"n\":" + n + "}")));
  }
}
