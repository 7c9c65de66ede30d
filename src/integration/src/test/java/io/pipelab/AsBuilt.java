package io.pipelab;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks one copy of the lab in what it is built of, one thing after another; each is fixed by
 * pasting the commands of {@code verify} before the next one is broken.
 */
final class AsBuilt {
  private static final String POLICY = "drain-queue-into-table";

  private final LabCopy lab;
  private Verified seen;

  private AsBuilt(LabCopy lab) {
    this.lab = lab;
    this.seen = lab.verify(0);
  }

  static void breakOneAfterAnother(LabCopy lab) {
    lab.up();
    AsBuilt built = new AsBuilt(lab);
    built.seen.asBuiltPassed();
    built.functionPermission();
    built.taskRole();
    built.redrivePolicy();
    built.securityGroup();
    built.alarm();
    built.functionEnvironment();
    built.subscriptionFilter();
    built.topic();
    built.image();
    built.table();
    built.cluster();
    built.queue();
    built.whatOnlyDownAndUpFix();
  }

  private void functionPermission() {
    String function = lab.output("FunctionName");
    String policy = lab.aws.lambda().getPolicy(get -> get.functionName(function)).policy();
    String sid = policy.replaceFirst("(?s).*\"Sid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    lab.aws.lambda().removePermission(remove -> remove.functionName(function).statementId(sid));

    broken("function", "SNS -> Lambda", "lets in nobody", "lambda add-permission");
    fixed("function");
  }

  private void taskRole() {
    String role = lab.output("TaskRoleName");
    String drain =
        "{\"Effect\":\"Allow\",\"Action\":[\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\","
            + "\"sqs:GetQueueAttributes\"],\"Resource\":\"%s\"}".formatted(lab.output("QueueArn"));
    putPolicy(role, drain);

    broken("roles", "IAM", "may not dynamodb:PutItem", "iam put-role-policy --role-name " + role);

    fixed("roles");
  }

  private void putPolicy(String role, String statements) {
    String document = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    lab.aws
        .iam()
        .putRolePolicy(put -> put.roleName(role).policyName(POLICY).policyDocument(document));
  }

  private void redrivePolicy() {
    redrive("");

    broken("queue", "SQS", "no dead-letter queue", "sqs set-queue-attributes --queue-url");

    fixed("queue");
  }

  private void redrive(String policy) {
    String queue = lab.output("QueueUrl");
    lab.aws
        .sqs()
        .setQueueAttributes(
            set ->
                set.queueUrl(queue).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
  }

  private void securityGroup() {
    String group = lab.output("SecurityGroupId");
    IpPermission ssh =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(22)
            .toPort(22)
            .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
            .build();
    lab.aws.ec2().authorizeSecurityGroupIngress(in -> in.groupId(group).ipPermissions(ssh));

    broken("security-group", "ECS", "in: tcp 22 0.0.0.0/0", "ec2 revoke-security-group-ingress");

    fixed("security-group");
  }

  private void alarm() {
    String alarm = lab.output("AlarmName");
    lab.aws.cloudWatch().disableAlarmActions(disable -> disable.alarmNames(alarm));

    broken("alarm", "SQS -> alarm -> SNS", "its actions are disabled", "put-metric-alarm");

    fixed("alarm");
  }

  private void functionEnvironment() {
    String function = lab.output("FunctionName");
    Map<String, String> good =
        lab.aws
            .lambda()
            .getFunctionConfiguration(get -> get.functionName(function))
            .environment()
            .variables();
    Map<String, String> bad = new HashMap<>(good);
    bad.put("TASK_COUNT", "9");
    environment(function, bad);

    broken("function", "SNS -> Lambda", "TASK_COUNT is 9", "update-function-configuration");

    fixed("function");
  }

  private void environment(String function, Map<String, String> variables) {
    lab.aws
        .lambda()
        .updateFunctionConfiguration(
            update -> update.functionName(function).environment(set -> set.variables(variables)));
  }

  private void subscriptionFilter() {
    String topic = lab.output("TopicArn");
    String subscription =
        lab.aws
            .sns()
            .listSubscriptionsByTopic(list -> list.topicArn(topic))
            .subscriptions()
            .get(0)
            .subscriptionArn();
    lab.aws
        .sns()
        .setSubscriptionAttributes(
            set ->
                set.subscriptionArn(subscription)
                    .attributeName("FilterPolicy")
                    .attributeValue("{\"colour\":[\"blue\"]}"));

    broken("subscription", "SNS -> Lambda", "lets through only", "set-subscription-attributes");
    fixed("subscription");
  }

  private void topic() {
    String topic = lab.output("TopicArn");
    lab.aws.sns().deleteTopic(delete -> delete.topicArn(topic));

    broken("topic", "SNS", "there is no topic", "sns create-topic --name built-fasttrack-saa");

    lab.paste(seen, "topic");
    broken("subscription", "SNS -> Lambda", "no subscription", "sns subscribe");
    fixed("subscription");
  }

  private void image() {
    String image = lab.output("ImageUri");
    String digest = image.substring(image.indexOf('@') + 1);
    lab.aws
        .ecr()
        .batchDeleteImage(
            delete ->
                delete
                    .repositoryName("built-fasttracksaa")
                    .imageIds(ImageIdentifier.builder().imageDigest(digest).build()));

    broken("image", "ECR", "does not hold it", "pipelab up decoupling --instance built");
    fixed("image");
  }

  private void table() {
    String table = lab.output("TableName");
    lab.aws.dynamoDb().deleteTable(delete -> delete.tableName(table));

    broken("table", "DynamoDB", "there is no table", "dynamodb create-table --table-name " + table);
    fixed("table");
  }

  private void cluster() {
    String cluster = lab.output("ClusterName");
    lab.aws.ecs().deleteCluster(delete -> delete.cluster(cluster));

    broken("cluster", "ECS", cluster, "ecs create-cluster --cluster-name " + cluster);
    fixed("cluster");
  }

  private void whatOnlyDownAndUpFix() {
    String definition = lab.output("TaskDefinitionArn");
    lab.aws.ecs().deregisterTaskDefinition(away -> away.taskDefinition(definition));
    broken("task-definition", "ECS", "INACTIVE", "pipelab down decoupling --instance built &&");
    fixed("task-definition");
  }

  /**
   * The queue is made again as it was, with its dead-letter queue, by the two commands of a step.
   */
  private void queue() {
    lab.aws.sqs().deleteQueue(delete -> delete.queueUrl(lab.output("QueueUrl")));
    broken("queue", "SQS", "there is no queue", "sqs create-queue");
    fixed("queue");
  }

  private void broken(String step, String hop, String actual, String hint) {
    seen = lab.verify(1, "--within", "1s").brokenAt(step, hop, actual, hint);
  }

  private void fixed(String step) {
    lab.paste(seen, step);
    lab.verify(0).asBuiltPassed();
  }
}
