package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The lab {@code image-resize}, made by hand: driven, judged, and done wrong in ten ways. */
final class PicturesByHand {
  private static final String RAW = "RawMessageDelivery";

  private final LabCopy lab;
  private final String topic;
  private final String bucket;

  private PicturesByHand(LabCopy lab) {
    this.lab = lab;
    this.topic = "arn:aws:sns:us-east-1:000000000000:" + lab.prefix() + "resize-image-topic-4711";
    this.bucket = lab.prefix() + "resize-image-by-hand";
  }

  static void check(LabCopy lab) {
    PicturesByHand byHand = new PicturesByHand(lab);
    byHand.worksAndIsAdvised();
    byHand.isShown();
    byHand.wrongInTenWays();
  }

  private void worksAndIsAdvised() {
    lab.run(0, "publish");
    lab.run(0, "upload");
    lab.verify(0)
        .nothingFailed()
        .passed("topic", "notification", "lifecycle", "fan-out", "uploaded", "thumbnails")
        .passed("mobiles", "filtered", "logs", "metrics")
        .advises("queues", "no queue named " + lab.prefix() + "thumbnail-dead-letter")
        .advises("dead-letter", "no queue named " + lab.prefix() + "mobile-dead-letter")
        .advises("subscriptions", "it works, but lets in ")
        .advises("topic-policy", "it works, but lets in ")
        .advises("bucket", "versioning is off")
        .advises("roles", "may also s3:* on *")
        .advises("functions", "timeout is 30")
        .advises("triggers", "no partial failures");
  }

  private void isShown() {
    assertSays(lab.run(0, "status"), "Enabled, calls " + lab.prefix() + "CreateThumbnail");
    assertSays(lab.run(0, "logs"), "REPORT RequestId");
    assertSays(lab.run(0, "metrics"), "function " + lab.prefix() + "CreateMobileImage");
    assertSays(lab.run(0, "peek", "thumbnail-queue"), lab.prefix() + "thumbnail-queue: ");
  }

  private static void assertSays(String told, String text) {
    assertTrue(told.contains(text), told);
  }

  /** Several at once, each in a step of its own: one look tells of all. */
  private void wrongInTenWays() {
    String policy = queuePolicy("thumbnail-queue", "");
    notifyOf("");
    handler("CreateThumbnail", "io.pipelab.functions.images.NoSuchThing");
    String topicPolicy = topicPolicy("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    trigger("CreateMobileImage", false);
    lab.aws.s3().deleteBucketLifecycle(delete -> delete.bucket(bucket));
    look()
        .failedOnly(
            Set.of(
                "subscriptions",
                "topic-policy",
                "notification",
                "functions",
                "triggers",
                "lifecycle"))
        .saw("subscriptions", "does not let in sns.amazonaws.com")
        .saw("topic-policy", "does not let in s3.amazonaws.com")
        .saw("notification", "ingest/*")
        .saw("functions", "handler is io.pipelab.functions.images.NoSuchThing, not ")
        .saw("triggers", "Disabl");

    queuePolicy("thumbnail-queue", policy);
    topicPolicy(topicPolicy);
    notifyOf(".jpg");
    handler("CreateThumbnail", "io.pipelab.functions.images.CreateThumbnail::handleRequest");
    trigger("CreateMobileImage", true);
    raw("true");
    lab.aws.s3().deletePublicAccessBlock(delete -> delete.bucket(bucket));
    set("mobile-queue", QueueAttributeName.VISIBILITY_TIMEOUT, "20");
    look()
        .failedOnly(Set.of("subscriptions", "bucket", "triggers", "lifecycle"))
        .saw("subscriptions", "RawMessageDelivery is true")
        .saw("bucket", "public access is not blocked")
        .saw("triggers", "20 s");

    raw("false");
    set("mobile-queue", QueueAttributeName.VISIBILITY_TIMEOUT, "30");
    lab.aws.sns().unsubscribe(un -> un.subscriptionArn(subscription().subscriptionArn()));
    lab.aws
        .lambda()
        .deleteFunction(delete -> delete.functionName(lab.prefix() + "CreateMobileImage"));
    look()
        .failedOnly(Set.of("subscriptions", "bucket", "functions", "triggers", "lifecycle"))
        .saw("subscriptions", "only ")
        .saw("functions", "no function named " + lab.prefix() + "CreateMobileImage")
        .saw("triggers", "no function named " + lab.prefix() + "CreateMobileImage");
  }

  /** What only has to be found; whether anything moves is not waited for. */
  private Verified look() {
    List<String> options = new ArrayList<>(List.of("--within", "1s"));
    for (String step :
        List.of(
            "topic",
            "queues",
            "subscriptions",
            "topic-policy",
            "bucket",
            "notification",
            "functions",
            "triggers",
            "lifecycle")) {
      options.addAll(List.of("--step", step));
    }
    return lab.verify(1, options.toArray(String[]::new));
  }

  /** Sets a queue's policy, and gives the one that it had. */
  private String queuePolicy(String queue, String policy) {
    String before =
        lab.aws
            .sqs()
            .getQueueAttributes(
                get -> get.queueUrl(url(queue)).attributeNames(QueueAttributeName.POLICY))
            .attributes()
            .getOrDefault(QueueAttributeName.POLICY, "");
    set(queue, QueueAttributeName.POLICY, policy);
    return before;
  }

  private void set(String queue, QueueAttributeName name, String value) {
    lab.aws
        .sqs()
        .setQueueAttributes(set -> set.queueUrl(url(queue)).attributes(Map.of(name, value)));
  }

  private String url(String queue) {
    return lab.aws.sqs().getQueueUrl(get -> get.queueName(lab.prefix() + queue)).queueUrl();
  }

  /** Tells the topic of the files in {@code ingest/}, of all of them without a suffix. */
  private void notifyOf(String suffix) {
    List<FilterRule> rules = new ArrayList<>();
    rules.add(FilterRule.builder().name("prefix").value("ingest/").build());
    if (!suffix.isEmpty()) {
      rules.add(FilterRule.builder().name("suffix").value(suffix).build());
    }
    lab.aws
        .s3()
        .putBucketNotificationConfiguration(
            put ->
                put.bucket(bucket)
                    .notificationConfiguration(
                        all ->
                            all.topicConfigurations(
                                one ->
                                    one.topicArn(topic)
                                        .events(Event.S3_OBJECT_CREATED)
                                        .filter(of -> of.key(key -> key.filterRules(rules))))));
  }

  private void handler(String function, String handler) {
    LambdaClient lambda = lab.aws.lambda();
    String name = lab.prefix() + function;
    lambda.updateFunctionConfiguration(update -> update.functionName(name).handler(handler));
    try (var waiter = lambda.waiter()) {
      waiter.waitUntilFunctionUpdatedV2(get -> get.functionName(name));
    }
  }

  /** Sets the topic's policy, and gives the one that it had. */
  private String topicPolicy(String policy) {
    String before =
        lab.aws.sns().getTopicAttributes(get -> get.topicArn(topic)).attributes().get("Policy");
    lab.aws
        .sns()
        .setTopicAttributes(
            set -> set.topicArn(topic).attributeName("Policy").attributeValue(policy));
    return before;
  }

  private void trigger(String function, boolean enabled) {
    LambdaClient lambda = lab.aws.lambda();
    lambda
        .listEventSourceMappings(list -> list.functionName(lab.prefix() + function))
        .eventSourceMappings()
        .forEach(
            one ->
                lambda.updateEventSourceMapping(
                    update -> update.uuid(one.uuid()).enabled(enabled)));
  }

  private void raw(String value) {
    lab.aws
        .sns()
        .setSubscriptionAttributes(
            set ->
                set.subscriptionArn(subscription().subscriptionArn())
                    .attributeName(RAW)
                    .attributeValue(value));
  }

  private Subscription subscription() {
    return lab
        .aws
        .sns()
        .listSubscriptionsByTopic(list -> list.topicArn(topic))
        .subscriptions()
        .stream()
        .filter(one -> one.endpoint().endsWith(":" + lab.prefix() + "thumbnail-queue"))
        .findFirst()
        .orElseThrow();
  }
}
