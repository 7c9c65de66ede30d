package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.cloudwatch.AlarmConfiguration;
import io.pipelab.verify.check.container.ClusterStatus;
import io.pipelab.verify.check.container.SecurityGroupRules;
import io.pipelab.verify.check.container.TaskDefinitionShape;
import io.pipelab.verify.check.function.FunctionConfiguration;
import io.pipelab.verify.check.function.FunctionPolicy;
import io.pipelab.verify.check.queue.QueueAttributes;
import io.pipelab.verify.check.queue.RedrivePolicy;
import io.pipelab.verify.check.table.TableSchema;
import io.pipelab.verify.check.topic.TopicSubscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The checks of how a lab was built. */
class BuiltChecksTest extends CheckTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:topic";

  @Test
  void tableSchema() {
    Map<String, Object> settings =
        Map.of("table", "t", "hashKey", "queueMessage S", "billing", "PAY_PER_REQUEST");
    table("queueMessage", "ACTIVE");
    assertSeen(
        State.HOLDS,
        "t ACTIVE, hash queueMessage S, PAY_PER_REQUEST",
        look(TableSchema.TYPE, settings));
    table("queueMessage", "CREATING");
    assertSeen(State.LACKS, null, look(TableSchema.TYPE, settings));
    table("id", "ACTIVE");
    assertSeen(
        State.NEVER, "t ACTIVE, hash id S, PAY_PER_REQUEST", look(TableSchema.TYPE, settings));
    aws.on(
        DescribeTableRequest.class,
        request -> {
          throw ResourceNotFoundException.builder().build();
        });
    assertSeen(State.LACKS, "there is no table t", look(TableSchema.TYPE, settings));
  }

  private void table(String key, String status) {
    aws.on(
        DescribeTableRequest.class,
        DescribeTableResponse.builder()
            .table(
                table ->
                    table
                        .tableStatus(status)
                        .keySchema(schema -> schema.attributeName(key).keyType(KeyType.HASH))
                        .attributeDefinitions(
                            definition ->
                                definition.attributeName(key).attributeType(ScalarAttributeType.S))
                        .billingModeSummary(mode -> mode.billingMode("PAY_PER_REQUEST")))
            .build());
  }

  @Test
  void tableCapacity() {
    Map<String, Object> settings =
        Map.of("table", "t", "hashKey", "id S", "billing", "PROVISIONED", "capacity", 5);
    provisioned(5, 5);
    assertSeen(
        State.HOLDS, "t ACTIVE, hash id S, PROVISIONED 5/5", look(TableSchema.TYPE, settings));
    provisioned(5, 1);
    Observation seen = look(TableSchema.TYPE, settings);
    assertSeen(State.NEVER, "t ACTIVE, hash id S, PROVISIONED 5/1", seen);
    assertEquals(
        ShellCommand.parse(
            "aws dynamodb update-table --table-name t --billing-mode PROVISIONED"
                + " --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5"),
        seen.fix());
    assertSeen(
        State.HOLDS,
        "t ACTIVE, hash id S, PROVISIONED",
        look(TableSchema.TYPE, Map.of("table", "t", "hashKey", "id S", "billing", "PROVISIONED")));
    table("id", "ACTIVE");
    assertSeen(
        State.NEVER, "t ACTIVE, hash id S, PAY_PER_REQUEST 0/0", look(TableSchema.TYPE, settings));
  }

  private void provisioned(long read, long write) {
    aws.on(
        DescribeTableRequest.class,
        DescribeTableResponse.builder()
            .table(
                table ->
                    table
                        .tableStatus("ACTIVE")
                        .keySchema(schema -> schema.attributeName("id").keyType(KeyType.HASH))
                        .attributeDefinitions(
                            definition ->
                                definition.attributeName("id").attributeType(ScalarAttributeType.S))
                        .provisionedThroughput(
                            units -> units.readCapacityUnits(read).writeCapacityUnits(write)))
            .build());
  }

  @Test
  void clusterStatus() {
    cluster(List.of(Cluster.builder().status("ACTIVE").build()));
    assertSeen(State.HOLDS, "c ACTIVE", look(ClusterStatus.TYPE, Map.of("cluster", "c")));
    cluster(List.of());
    assertSeen(
        State.LACKS, "there is no cluster c", look(ClusterStatus.TYPE, Map.of("cluster", "c")));
  }

  private void cluster(List<Cluster> clusters) {
    aws.on(
        DescribeClustersRequest.class,
        DescribeClustersResponse.builder().clusters(clusters).build());
  }

  @Test
  void taskDefinitionShape() {
    aws.on(
        DescribeTaskDefinitionRequest.class,
        DescribeTaskDefinitionResponse.builder()
            .taskDefinition(
                task ->
                    task.family("f")
                        .status("ACTIVE")
                        .cpu("256")
                        .requiresCompatibilitiesWithStrings("FARGATE")
                        .containerDefinitions(
                            ContainerDefinition.builder()
                                .name("c")
                                .image("repo@sha256:1")
                                .environment(
                                    KeyValuePair.builder().name("A").value("1").build(),
                                    KeyValuePair.builder().name("B").value("2").build())
                                .build()))
            .build());
    assertSeen(
        State.HOLDS,
        "cpu 256, compatibility FARGATE, image repo@sha256:1",
        task(Map.of("A", "1"), "repo@sha256:1"));
    assertSeen(
        State.NEVER,
        "image is repo@sha256:1, not repo@sha256:2; environment.C is missing, not 3",
        task(Map.of("C", "3"), "repo@sha256:2"));
  }

  private Observation task(Map<String, String> environment, String image) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("taskDefinition", "f:1");
    settings.put("container", "c");
    settings.put("cpu", 256L);
    settings.put("compatibility", "FARGATE");
    settings.put("image", image);
    settings.put("environment", environment);
    return look(TaskDefinitionShape.TYPE, settings);
  }

  @Test
  void securityGroupRules() {
    Map<String, Object> settings =
        Map.of("group", "sg-1", "ingress", List.of(), "egress", List.of("tcp 443 0.0.0.0/0"));
    IpPermission https = rule("tcp", 443, 443);
    group(List.of(), List.of(https));
    assertSeen(
        State.HOLDS,
        "in: nothing; out: tcp 443 0.0.0.0/0",
        look(SecurityGroupRules.TYPE, settings));
    group(List.of(rule("tcp", 20, 22)), List.of(rule("-1", -1, -1)));
    assertSeen(
        State.NEVER,
        "in: tcp 20-22 0.0.0.0/0; out: all 0.0.0.0/0",
        look(SecurityGroupRules.TYPE, settings));
  }

  @Test
  void eitherDirectionOfASecurityGroupFailsAloneAndIsPutRight() {
    Map<String, Object> settings =
        Map.of(
            "group", "sg-1", "ingress", List.of("tcp 80 sg-2"), "egress", List.of("all 0.0.0.0/0"));
    IpPermission all = rule("-1", -1, -1);
    IpPermission web =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(80)
            .toPort(80)
            .userIdGroupPairs(pair -> pair.groupId("sg-2"))
            .build();
    group(List.of(web), List.of(all));
    assertSeen(State.HOLDS, null, look(SecurityGroupRules.TYPE, settings));
    group(List.of(), List.of(all));
    assertFix(
        "pipelab aws ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions"
            + " '[{\"IpProtocol\":\"tcp\",\"FromPort\":80,\"ToPort\":80,"
            + "\"UserIdGroupPairs\":[{\"GroupId\":\"sg-2\"}]}]'",
        look(SecurityGroupRules.TYPE, settings));
    group(List.of(web), List.of());
    assertFix(
        "pipelab aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions"
            + " '[{\"IpProtocol\":\"-1\",\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}]'",
        look(SecurityGroupRules.TYPE, settings));
    group(List.of(web, rule("tcp", 22, 22)), List.of(all));
    assertFix(
        "pipelab aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions"
            + " '[{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,"
            + "\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}]}]'",
        look(SecurityGroupRules.TYPE, settings));
  }

  private static void assertFix(String command, Observation seen) {
    assertEquals(State.NEVER, seen.state(), seen.toString());
    ShellCommand fix = seen.fix();
    assertEquals(command, fix == null ? null : fix.text("pipelab"));
  }

  private static IpPermission rule(String protocol, int from, int to) {
    return IpPermission.builder()
        .ipProtocol(protocol)
        .fromPort(from)
        .toPort(to)
        .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
        .build();
  }

  private void group(List<IpPermission> in, List<IpPermission> out) {
    aws.on(
        DescribeSecurityGroupsRequest.class,
        DescribeSecurityGroupsResponse.builder()
            .securityGroups(
                SecurityGroup.builder().ipPermissions(in).ipPermissionsEgress(out).build())
            .build());
  }

  @Test
  void functionConfiguration() {
    Map<String, Object> settings =
        Map.of("function", "f", "timeout", 20L, "environment", Map.of("CLUSTER", "c"));
    function("Active", "Successful", 20);
    assertSeen(State.HOLDS, "f Active, timeout 20", look(FunctionConfiguration.TYPE, settings));
    function("Pending", "Successful", 20);
    assertSeen(State.LACKS, null, look(FunctionConfiguration.TYPE, settings));
    function("Active", "Successful", 3);
    assertSeen(State.NEVER, "timeout is 3, not 20", look(FunctionConfiguration.TYPE, settings));
  }

  private void function(String state, String update, int timeout) {
    aws.on(
        GetFunctionConfigurationRequest.class,
        GetFunctionConfigurationResponse.builder()
            .state(state)
            .lastUpdateStatus(update)
            .timeout(timeout)
            .environment(environment -> environment.variables(Map.of("CLUSTER", "c")))
            .build());
  }

  @Test
  void functionPolicyLetsInTheTopicAndNobodyElse() {
    String topic = statement("sns.amazonaws.com", TOPIC);
    policy(topic);
    assertSeen(State.HOLDS, "lets in sns.amazonaws.com for " + TOPIC, functionPolicy());
    policy(topic + "," + statement("s3.amazonaws.com", "arn:b"));
    assertSeen(State.WORKS, "it works, but lets in s3.amazonaws.com for arn:b", functionPolicy());
    policy("{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"lambda:InvokeFunction\"}");
    assertSeen(
        State.NEVER,
        "lets in * for any; does not let in sns.amazonaws.com for " + TOPIC,
        functionPolicy());
    aws.on(
        GetPolicyRequest.class,
        request -> {
          throw software.amazon.awssdk.services.lambda.model.ResourceNotFoundException.builder()
              .build();
        });
    assertSeen(State.LACKS, "lets in nobody", functionPolicy());
  }

  private static String statement(String principal, String source) {
    return "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \""
        + principal
        + "\"}, \"Action\": \"lambda:InvokeFunction\", \"Condition\": {\"ArnLike\":"
        + " {\"AWS:SourceArn\": \""
        + source
        + "\"}}}";
  }

  private void policy(String statements) {
    aws.on(
        GetPolicyRequest.class,
        GetPolicyResponse.builder().policy("{\"Statement\": [" + statements + "]}").build());
  }

  private Observation functionPolicy() {
    return look(
        FunctionPolicy.TYPE,
        Map.of(
            "function",
            "f",
            "allow",
            List.of(Map.of("principal", "sns.amazonaws.com", "source", TOPIC))));
  }

  @Test
  void queueAttributesAndRedrivePolicy() {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    "30",
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"deadLetterTargetArn\":\"arn:a:dlq\",\"maxReceiveCount\":\"3\"}"))
            .build());
    assertSeen(State.HOLDS, "queue with VisibilityTimeout 30", queueAttributes("30"));
    assertSeen(State.NEVER, "queue with VisibilityTimeout 30", queueAttributes("5"));
    assertSeen(State.HOLDS, "to dlq after 3 receives", redrive(3));
    assertSeen(State.NEVER, "to dlq after 3 receives", redrive(4));
    aws.on(GetQueueAttributesRequest.class, GetQueueAttributesResponse.builder().build());
    assertSeen(State.NEVER, "no dead-letter queue", redrive(3));
  }

  private Observation queueAttributes(String timeout) {
    return look(
        QueueAttributes.TYPE,
        Map.of("queue", "http://q/1/queue", "attributes", Map.of("VisibilityTimeout", timeout)));
  }

  private Observation redrive(long count) {
    return look(
        RedrivePolicy.TYPE,
        Map.of(
            "queue", "http://q/1/queue", "deadLetterQueue", "arn:a:dlq", "maxReceiveCount", count));
  }

  @Test
  void subscription() {
    subscriptions(List.of(one("lambda", "arn:f", "arn:s")));
    filter(Map.of());
    assertSeen(State.HOLDS, "lambda arn:f", subscribed());
    filter(Map.of("FilterPolicy", "{\"a\":[\"b\"]}"));
    assertSeen(State.NEVER, "the subscription lets through only {\"a\":[\"b\"]}", subscribed());
    subscriptions(List.of(one("lambda", "arn:f", "PendingConfirmation")));
    assertSeen(State.LACKS, "the subscription is PendingConfirmation", subscribed());
    subscriptions(List.of(one("sqs", "arn:q", "arn:s")));
    assertSeen(State.NEVER, "only sqs arn:q", subscribed());
    subscriptions(List.of());
    assertSeen(State.NEVER, "topic has no subscription", subscribed());
  }

  private void filter(Map<String, String> attributes) {
    aws.on(
        GetSubscriptionAttributesRequest.class,
        GetSubscriptionAttributesResponse.builder().attributes(attributes).build());
  }

  private static Subscription one(String protocol, String endpoint, String arn) {
    return Subscription.builder()
        .protocol(protocol)
        .endpoint(endpoint)
        .subscriptionArn(arn)
        .build();
  }

  private void subscriptions(List<Subscription> all) {
    aws.on(
        ListSubscriptionsByTopicRequest.class,
        ListSubscriptionsByTopicResponse.builder().subscriptions(all).build());
  }

  private Observation subscribed() {
    return look(
        TopicSubscription.TYPE, Map.of("topic", TOPIC, "protocol", "lambda", "endpoint", "arn:f"));
  }

  @Test
  void alarmConfiguration() {
    alarm("queue", 100, List.of(TOPIC));
    assertSeen(
        State.HOLDS,
        "Sum of Visible {QueueName=queue} over 60 s GreaterThanThreshold 100, tells topic",
        lookAtAlarm());
    alarm("another", 99.5, List.of());
    assertSeen(
        State.NEVER,
        "dimensions {QueueName=another}, not {QueueName=queue}; threshold 99.5, not 100; actions"
            + " [], not ["
            + TOPIC
            + "]",
        lookAtAlarm());
    aws.on(DescribeAlarmsRequest.class, DescribeAlarmsResponse.builder().build());
    assertSeen(State.LACKS, "there is no alarm a", lookAtAlarm());
  }

  private void alarm(String queue, double threshold, List<String> actions) {
    aws.on(
        DescribeAlarmsRequest.class,
        DescribeAlarmsResponse.builder()
            .metricAlarms(
                MetricAlarm.builder()
                    .namespace("AWS/SQS")
                    .metricName("Visible")
                    .dimensions(Dimension.builder().name("QueueName").value(queue).build())
                    .statistic("Sum")
                    .period(60)
                    .evaluationPeriods(1)
                    .comparisonOperator("GreaterThanThreshold")
                    .threshold(threshold)
                    .alarmActions(actions)
                    .actionsEnabled(true)
                    .build())
            .build());
  }

  private Observation lookAtAlarm() {
    return look(
        AlarmConfiguration.TYPE,
        Map.of(
            "alarm", "a",
            "namespace", "AWS/SQS",
            "metric", "Visible",
            "dimensions", Map.of("QueueName", "queue"),
            "statistic", "Sum",
            "period", 60L,
            "evaluationPeriods", "1",
            "comparison", "GreaterThanThreshold",
            "threshold", "100",
            "actions", List.of(TOPIC)));
  }

  @Test
  void aSettingOfTheWrongKindIsTold() {
    io.pipelab.lab.ManifestError error =
        assertThrows(
            io.pipelab.lab.ManifestError.class,
            () ->
                look(
                    RedrivePolicy.TYPE,
                    Map.of("queue", "q", "deadLetterQueue", "d", "maxReceiveCount", "three")));
    assertEquals(
        "lab.yaml:1: redrive-policy.maxReceiveCount: must be a whole number, not \"three\"",
        error.getMessage());
    assertEquals(1, new ArrayList<>(error.mistakes()).size());
  }
}
