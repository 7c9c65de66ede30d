package io.pipelab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks a copy of the lab {@code image-resize}, one thing after another; each is fixed by the
 * command of {@code verify} before the next one is broken.
 */
final class PictureBreakages {
  private static final Path PICTURE = Path.of("samples/image-resize/ingest/lake.jpg");

  private final LabCopy lab;

  private PictureBreakages(LabCopy lab) {
    this.lab = lab;
  }

  static void breakOneAfterAnother(LabCopy lab) {
    PictureBreakages breakages = new PictureBreakages(lab.up());
    breakages.topicLetsNobodyIn();
    breakages.queueLetsNobodyIn();
    breakages.bucketTellsOfOtherFiles();
    breakages.triggerSwitchedOff();
    breakages.lifecycleAndVersionsGone();
    breakages.roleMayTooMuch();
    breakages.functionMakesAnotherSize();
    lab.down();
  }

  private void topicLetsNobodyIn() {
    String topic = lab.output("TopicArn");
    GetTopicAttributesResponse before =
        lab.aws.sns().getTopicAttributes(get -> get.topicArn(topic));
    String policy = before.attributes().get("Policy");
    setPolicy(topic, policy.replace("resize-image-", "another-bucket-"));

    fixed(
        "topic-policy",
        lab.verify(1)
            .brokenAt("topic-policy", "S3 -> SNS", "does not let in s3", "sns:Publish")
            .passed("topic", "subscriptions", "bucket", "notification", "functions", "triggers"));
  }

  private void setPolicy(String topic, String policy) {
    lab.aws
        .sns()
        .setTopicAttributes(
            set -> set.topicArn(topic).attributeName("Policy").attributeValue(policy));
  }

  private void queueLetsNobodyIn() {
    String queue = lab.output("MobileQueueUrl");
    setQueuePolicy(queue, "");

    fixed(
        "subscriptions",
        lab.verify(1)
            .brokenAt("subscriptions", "SNS -> SQS", "does not let in sns", "sqs:SendMessage")
            .passed("topic", "queues", "topic-policy", "notification", "triggers"));
  }

  private void setQueuePolicy(String queue, String policy) {
    lab.aws
        .sqs()
        .setQueueAttributes(
            set -> set.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy)));
  }

  private void bucketTellsOfOtherFiles() {
    notifyOf(".jpeg");

    fixed(
        "notification",
        lab.verify(1)
            .brokenAt("notification", "S3 -> SNS", "ingest/*.jpeg", "put-bucket-notification")
            .passed("topic", "topic-policy", "bucket", "triggers", "lifecycle"));
  }

  private void notifyOf(String suffix) {
    lab.aws
        .s3()
        .putBucketNotificationConfiguration(
            put ->
                put.bucket(lab.output("PictureBucketName"))
                    .notificationConfiguration(
                        notification ->
                            notification.topicConfigurations(
                                topic ->
                                    topic
                                        .topicArn(lab.output("TopicArn"))
                                        .events(Event.S3_OBJECT_CREATED)
                                        .filter(
                                            filter ->
                                                filter.key(
                                                    key ->
                                                        key.filterRules(
                                                            rule ->
                                                                rule.name("prefix")
                                                                    .value("ingest/"),
                                                            rule ->
                                                                rule.name("suffix")
                                                                    .value(suffix)))))));
  }

  private void functionMakesAnotherSize() {
    configure("64");
    lab.upload(PICTURE);

    Verified seen =
        lab.verify(1)
            .brokenAt("functions", "Lambda", "MAX_WIDTH is 64, not 128", "update-function-config")
            .passed("topic-policy", "notification", "triggers", "uploaded", "mobiles")
            .becauseOf("functions", "thumbnails");
    fixed("functions", seen);
    lab.paste(seen, "thumbnails");
    lab.verify(0, "--step", "functions", "--step", "thumbnails");
  }

  private void triggerSwitchedOff() {
    String function = lab.output("MobileFunctionName");
    lab.aws
        .lambda()
        .listEventSourceMappings(list -> list.functionName(function))
        .eventSourceMappings()
        .forEach(
            one -> lab.aws.lambda().deleteEventSourceMapping(delete -> delete.uuid(one.uuid())));
    fixed(
        "triggers",
        lab.verify(1, "--step", "triggers")
            .brokenAt("triggers", "SQS -> Lambda", "calls nothing", "create-event-source-mapping"));
  }

  private void lifecycleAndVersionsGone() {
    String bucket = lab.output("PictureBucketName");
    lab.aws.s3().deleteBucketLifecycle(delete -> delete.bucket(bucket));
    lab.aws.s3().deletePublicAccessBlock(delete -> delete.bucket(bucket));
    Verified seen =
        lab.verify(1, "--within", "1s")
            .brokenAt("bucket", "S3", "public access is not blocked", "put-public-access-block");
    lab.paste(seen, "bucket");
    fixed("lifecycle", seen);
  }

  private void roleMayTooMuch() {
    String role = lab.output("MobileFunctionRoleName");
    lab.aws
        .iam()
        .putRolePolicy(
            put ->
                put.roleName(role)
                    .policyName("more")
                    .policyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                            + "\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"));
    fixed(
        "roles",
        lab.verify(1, "--within", "1s").brokenAt("roles", "IAM", "s3:*", "delete-role-policy"));
  }

  private void fixed(String step, Verified seen) {
    lab.paste(seen, step);
    lab.verify(0, "--step", step);
  }

  private void configure(String width) {
    String function = lab.output("ThumbnailFunctionName");
    Map<String, String> variables =
        new HashMap<>(
            lab.aws
                .lambda()
                .getFunctionConfiguration(get -> get.functionName(function))
                .environment()
                .variables());
    variables.put("MAX_WIDTH", width);
    lab.aws
        .lambda()
        .updateFunctionConfiguration(
            update -> update.functionName(function).environment(set -> set.variables(variables)));
    try (var waiter = lab.aws.lambda().waiter()) {
      waiter.waitUntilFunctionUpdatedV2(get -> get.functionName(function), Waits::near);
    }
  }
}
