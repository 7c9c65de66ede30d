package io.pipelab;

import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks a copy of the lab {@code image-resize}, one thing after another; each is mended before the
 * next one is broken.
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
    breakages.functionMakesAnotherSize();
    lab.down();
  }

  private void topicLetsNobodyIn() {
    String topic = lab.output("TopicArn");
    GetTopicAttributesResponse before =
        lab.aws.sns().getTopicAttributes(get -> get.topicArn(topic));
    String policy = before.attributes().get("Policy");
    setPolicy(topic, policy.replace("resize-image-", "another-bucket-"));

    lab.verify(1)
        .brokenAt("topic-policy", "S3 -> SNS", "does not let in s3", "sns:Publish")
        .passed("topic", "subscriptions", "bucket", "notification", "functions", "triggers");

    setPolicy(topic, policy);
  }

  private void setPolicy(String topic, String policy) {
    lab.aws
        .sns()
        .setTopicAttributes(
            set -> set.topicArn(topic).attributeName("Policy").attributeValue(policy));
  }

  private void queueLetsNobodyIn() {
    String queue = lab.output("MobileQueueUrl");
    String policy =
        lab.aws
            .sqs()
            .getQueueAttributes(
                get -> get.queueUrl(queue).attributeNames(QueueAttributeName.POLICY))
            .attributes()
            .get(QueueAttributeName.POLICY);
    setQueuePolicy(queue, "");

    lab.verify(1)
        .brokenAt("subscriptions", "SNS -> SQS", "does not let in sns", "sqs:SendMessage")
        .passed("topic", "queues", "topic-policy", "notification", "triggers");

    setQueuePolicy(queue, policy);
  }

  private void setQueuePolicy(String queue, String policy) {
    lab.aws
        .sqs()
        .setQueueAttributes(
            set -> set.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy)));
  }

  private void bucketTellsOfOtherFiles() {
    notifyOf(".jpeg");

    lab.verify(1)
        .brokenAt("notification", "S3 -> SNS", "ingest/*.jpeg", "suffix .jpg")
        .passed("topic", "topic-policy", "bucket", "triggers", "lifecycle");

    notifyOf(".jpg");
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

    lab.verify(1)
        .brokenAt("functions", "Lambda", "MAX_WIDTH is 64, not 128", "update-function-config")
        .passed("topic-policy", "notification", "triggers", "uploaded", "mobiles")
        .becauseOf("functions", "thumbnails");

    configure("128");
    lab.verify(0, "--step", "functions");
  }

  private void configure(String width) {
    String function = lab.output("ThumbnailFunctionName");
    lab.aws
        .lambda()
        .updateFunctionConfiguration(
            update ->
                update
                    .functionName(function)
                    .environment(
                        environment ->
                            environment.variables(
                                Map.of("MAX_WIDTH", width, "MAX_HEIGHT", "128"))));
    try (var waiter = lab.aws.lambda().waiter()) {
      waiter.waitUntilFunctionUpdatedV2(get -> get.functionName(function));
    }
  }
}
