package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EcsParameters;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Rules run tasks, with what their role may do. */
@Timeout(120)
final class TaskTargetIT {
  private static final String CLUSTER = "arn:aws:ecs:us-east-1:000000000000:cluster/default";
  private static final String DEFINITION =
      "arn:aws:ecs:us-east-1:000000000000:task-definition/job:1";
  private static final String PATTERN = "{\"source\":[\"shop\"]}";

  private final TestCloud cloud;
  private final EventBridgeClient events;
  private final EcsClient ecs;
  private final String subnet;
  private final String dead;

  TaskTargetIT(@TempDir Path directory) throws IOException {
    cloud = new TestCloud(directory);
    events = cloud.client(EventBridgeClient.builder());
    ecs = cloud.client(EcsClient.builder());
    try (Ec2Client ec2 = cloud.client(Ec2Client.builder())) {
      subnet = ec2.describeSubnets().subnets().get(0).subnetId();
    }
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
         {"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}]}
        """;
    dead = cloud.queue("dead", Map.of(QueueAttributeName.POLICY, policy));
  }

  @BeforeEach
  void defineATask() {
    role("of-tasks", "ecs-tasks.amazonaws.com");
    role("of-rules", "events.amazonaws.com");
    ecs.createCluster(r -> r.clusterName("default"));
    ecs.registerTaskDefinition(
        r ->
            r.family("job")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .taskRoleArn(roleArn("of-tasks"))
                .containerDefinitions(c -> c.name("main").image("nowhere")));
  }

  @AfterEach
  void close() {
    ecs.close();
    events.close();
    cloud.close();
  }

  private void role(String name, String service) {
    cloud.iam.createRole(
        r ->
            r.roleName(name)
                .assumeRolePolicyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"Service\":\""
                        + service
                        + "\"},\"Action\":\"sts:AssumeRole\"}]}"));
  }

  private static String roleArn(String name) {
    return "arn:aws:iam::000000000000:role/" + name;
  }

  private void allow(String action, String resource) {
    cloud.iam.putRolePolicy(
        r ->
            r.roleName("of-rules")
                .policyName(action.replace(':', '-'))
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
                        + action
                        + "\",\"Resource\":\""
                        + resource
                        + "\"}]}"));
  }

  private Target.Builder target() {
    return Target.builder()
        .id("1")
        .arn(CLUSTER)
        .roleArn(roleArn("of-rules"))
        .deadLetterConfig(d -> d.arn(cloud.arn("sqs", "dead")))
        .ecsParameters(
            e ->
                e.taskDefinitionArn(DEFINITION)
                    .taskCount(2)
                    .launchType("FARGATE")
                    .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnet))));
  }

  private void rule(Target target) {
    events.putRule(r -> r.name("shop").eventPattern(PATTERN));
    events.putTargets(r -> r.rule("shop").targets(target));
  }

  private void happen() {
    events.putEvents(
        r -> r.entries(e -> e.source("shop").detailType("Order").detail("{\"number\":\"7\"}")));
  }

  private List<Task> awaitTasks(int count) {
    TestCloud.await(count + " tasks", () -> arns().size() == count);
    return ecs.describeTasks(r -> r.tasks(arns())).tasks();
  }

  /** Tasks that stopped too, which those whose image is nowhere do at once. */
  private List<String> arns() {
    return List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED).stream()
        .flatMap(status -> ecs.listTasks(r -> r.desiredStatus(status)).taskArns().stream())
        .distinct()
        .toList();
  }

  private Message letter() {
    Message letter =
        cloud
            .sqs
            .receiveMessage(r -> r.queueUrl(dead).waitTimeSeconds(20).messageAttributeNames("All"))
            .messages()
            .get(0);
    cloud.sqs.deleteMessage(r -> r.queueUrl(dead).receiptHandle(letter.receiptHandle()));
    assertEquals("NO_PERMISSIONS", letter.messageAttributes().get("ERROR_CODE").stringValue());
    return letter;
  }

  @Test
  void aTaskRunsWhenItsRoleMayRunItAndPassItsRoles() {
    rule(
        target()
            .inputTransformer(
                i ->
                    i.inputPathsMap(Map.of("number", "$.detail.number"))
                        .inputTemplate(
                            "{\"containerOverrides\":[{\"name\":\"main\",\"environment\":"
                                + "[{\"name\":\"ORDER\",\"value\":<number>}]}]}"))
            .build());
    happen();
    assertTrue(error(letter()).contains("ecs:RunTask"));
    allow("ecs:RunTask", "arn:aws:ecs:*:*:task-definition/job:*");
    happen();
    assertTrue(error(letter()).contains("iam:PassRole"));
    assertEquals(List.of(), arns());
    allow("iam:PassRole", roleArn("of-tasks"));
    happen();
    Task task = awaitTasks(2).get(0);
    assertEquals("events-rule/shop", task.startedBy());
    assertEquals(DEFINITION, task.taskDefinitionArn());
    assertEquals("7", task.overrides().containerOverrides().get(0).environment().get(0).value());
  }

  private static String error(Message letter) {
    return letter.messageAttributes().get("ERROR_MESSAGE").stringValue();
  }

  @Test
  void aRuleOfAStackRunsATask() {
    allow("ecs:RunTask", "*");
    allow("iam:PassRole", "*");
    String template =
        """
        {"Resources": {"Rule": {"Type": "AWS::Events::Rule", "Properties": {
          "EventPattern": {"source": ["shop"]},
          "Targets": [{"Id": "t", "Arn": "%s", "RoleArn": "%s", "EcsParameters": {
            "TaskDefinitionArn": "%s", "LaunchType": "FARGATE",
            "TagList": [{"Key": "by", "Value": "rule"}],
            "NetworkConfiguration": {"AwsVpcConfiguration": {"Subnets": ["%s"]}}}}]}}}}
        """
            .formatted(CLUSTER, roleArn("of-rules"), DEFINITION, subnet);
    allow("ecs:TagResource", "*");
    assertEquals("CREATE_COMPLETE", cloud.stack("rules", template).stackStatusAsString());
    happen();
    String task = awaitTasks(1).get(0).taskArn();
    assertEquals("by", ecs.listTagsForResource(r -> r.resourceArn(task)).tags().get(0).key());
  }

  @Test
  void whatNoTaskCanBeRunForIsRefused() {
    assertEquals(
        "Parameter(s) EcsParameters must be specified for target: 1.",
        refused(target().ecsParameters((EcsParameters) null)));
    assertEquals("RoleArn is required for target 1.", refused(target().roleArn(null)));
    assertTrue(
        refused(
                target()
                    .ecsParameters(
                        e ->
                            e.taskDefinitionArn(DEFINITION)
                                .capacityProviderStrategy(s -> s.capacityProvider("FARGATE"))))
            .contains("CapacityProviderStrategy"));
    assertTrue(
        refused(target().arn(cloud.arn("sqs", "dead"))).contains("EcsParameters of targets"));
  }

  private String refused(Target.Builder target) {
    return assertThrows(EventBridgeException.class, () -> rule(target.build()))
        .awsErrorDetails()
        .errorMessage();
  }
}
