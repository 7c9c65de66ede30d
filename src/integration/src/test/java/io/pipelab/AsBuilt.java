package io.pipelab;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks one copy of the lab in what it is built of, one thing after another; each is mended as the
 * hint of {@code verify} says before the next one is broken.
 */
final class AsBuilt {
  private static final String POLICY = "drain-queue-into-table";

  private final LabCopy lab;

  private AsBuilt(LabCopy lab) {
    this.lab = lab;
  }

  static void breakOneAfterAnother(LabCopy lab) {
    lab.up();
    lab.verify(0).asBuiltPassed();
    AsBuilt built = new AsBuilt(lab);
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
    built.whatOnlyDownAndUpMend();
  }

  private void functionPermission() {
    String function = lab.output("FunctionName");
    String policy = lab.aws.lambda().getPolicy(get -> get.functionName(function)).policy();
    String sid = policy.replaceFirst("(?s).*\"Sid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    lab.aws.lambda().removePermission(remove -> remove.functionName(function).statementId(sid));

    broken("function", "SNS -> Lambda", "lets in nobody", "lambda add-permission");

    String topic = lab.output("TopicArn");
    lab.aws
        .lambda()
        .addPermission(
            add ->
                add.functionName(function)
                    .statementId("sns")
                    .action("lambda:InvokeFunction")
                    .principal("sns.amazonaws.com")
                    .sourceArn(topic));
    mended();
  }

  private void taskRole() {
    String role = lab.output("TaskRoleName");
    String drain =
        "{\"Effect\":\"Allow\",\"Action\":[\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\","
            + "\"sqs:GetQueueAttributes\"],\"Resource\":\"%s\"}".formatted(lab.output("QueueArn"));
    String store =
        ",{\"Effect\":\"Allow\",\"Action\":\"dynamodb:PutItem\",\"Resource\":\"%s\"}"
            .formatted(lab.output("TableArn"));
    putPolicy(role, drain);

    broken("roles", "IAM", "may not dynamodb:PutItem", "iam put-role-policy --role-name " + role);

    putPolicy(role, drain + store);
    mended();
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

    redrive(
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":3}"
            .formatted(lab.output("DeadLetterQueueArn")));
    mended();
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

    lab.aws.ec2().revokeSecurityGroupIngress(in -> in.groupId(group).ipPermissions(ssh));
    mended();
  }

  private void alarm() {
    String alarm = lab.output("AlarmName");
    lab.aws.cloudWatch().disableAlarmActions(disable -> disable.alarmNames(alarm));

    broken("alarm", "SQS -> alarm -> SNS", "its actions are disabled", "put-metric-alarm");

    ByHand.putAlarm(lab, lab.output("QueueName"));
    mended();
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

    environment(function, good);
    mended();
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

    broken("subscription", "SNS -> Lambda", "lets through only", "sns subscribe");

    ByHand.unsubscribe(lab);
    ByHand.subscribe(lab);
    mended();
  }

  private void topic() {
    String topic = lab.output("TopicArn");
    lab.aws.sns().deleteTopic(delete -> delete.topicArn(topic));

    broken("topic", "SNS", "there is no topic", "sns create-topic --name built-fasttrack-saa");

    lab.aws.sns().createTopic(create -> create.name("built-fasttrack-saa"));
    broken("subscription", "SNS -> Lambda", "no subscription", "sns subscribe");
    ByHand.subscribe(lab);
    mended();
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

    broken("image", "ECR", "does not hold it", "`pipelab up decoupling --instance built`");

    lab.up();
    mended();
  }

  private void table() {
    String table = lab.output("TableName");
    lab.aws.dynamoDb().deleteTable(delete -> delete.tableName(table));

    broken("table", "DynamoDB", "there is no table", "dynamodb create-table --table-name " + table);

    lab.aws
        .dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        a -> a.attributeName("queueMessage").attributeType(ScalarAttributeType.S))
                    .keySchema(k -> k.attributeName("queueMessage").keyType(KeyType.HASH)));
    mended();
  }

  private void cluster() {
    String cluster = lab.output("ClusterName");
    lab.aws.ecs().deleteCluster(delete -> delete.cluster(cluster));

    broken("cluster", "ECS", cluster, "ecs create-cluster --cluster-name " + cluster);

    lab.aws.ecs().createCluster(create -> create.clusterName(cluster));
    mended();
  }

  private void whatOnlyDownAndUpMend() {
    String definition = lab.output("TaskDefinitionArn");
    String queue = lab.output("QueueUrl");
    lab.aws.ecs().deregisterTaskDefinition(away -> away.taskDefinition(definition));
    broken("task-definition", "ECS", "INACTIVE", "`pipelab down decoupling --instance built`");
    lab.aws.sqs().deleteQueue(delete -> delete.queueUrl(queue));

    lab.down();
    lab.up();
    mended();
  }

  private void broken(String step, String hop, String actual, String hint) {
    lab.verify(1, "--within", "1s").brokenAt(step, hop, actual, hint);
  }

  private void mended() {
    lab.verify(0).asBuiltPassed();
  }
}
