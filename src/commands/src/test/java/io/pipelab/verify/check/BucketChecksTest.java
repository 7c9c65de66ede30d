package io.pipelab.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.bucket.BucketLifecycle;
import io.pipelab.verify.check.bucket.BucketNotification;
import io.pipelab.verify.check.bucket.BucketSettings;
import io.pipelab.verify.check.function.EventSourceMappingShape;
import io.pipelab.verify.check.topic.EmailSubscription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** The checks of a bucket's settings, and of what it sets moving. */
class BucketChecksTest extends CheckTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:topic";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue";

  @Test
  void bucketSettings() {
    aws.on(HeadBucketRequest.class, HeadBucketResponse.builder().build());
    assertEquals(State.HOLDS, settings("Enabled", true).state());
    assertSeen(State.NEVER, "versioning is Suspended, not Enabled", settings("Suspended", true));
    assertSeen(State.NEVER, "versioning is off, not Enabled", settings(null, true));
    assertSeen(State.NEVER, "public access is not blocked", settings("Enabled", false));
  }

  private Observation settings(String versioning, boolean blocked) {
    aws.on(
        GetBucketVersioningRequest.class,
        GetBucketVersioningResponse.builder().status(versioning).build());
    aws.on(
        GetPublicAccessBlockRequest.class,
        GetPublicAccessBlockResponse.builder()
            .publicAccessBlockConfiguration(
                block ->
                    block
                        .blockPublicAcls(true)
                        .blockPublicPolicy(blocked)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true))
            .build());
    return look(
        BucketSettings.TYPE, Map.of("bucket", "b", "versioning", "Enabled", "public", "false"));
  }

  @Test
  void bucketNotification() {
    assertSeen(
        State.HOLDS,
        "s3:ObjectCreated:* for ingest/*.jpg to topic",
        notification(Event.S3_OBJECT_CREATED, "ingest/", ".jpg", TOPIC));
    assertSeen(
        State.NEVER,
        "s3:ObjectCreated:* for ingest/*.jpeg to topic",
        notification(Event.S3_OBJECT_CREATED, "ingest/", ".jpeg", TOPIC));
    assertSeen(
        State.NEVER,
        "s3:ObjectRemoved:* for ingest/*.jpg to topic",
        notification(Event.S3_OBJECT_REMOVED, "ingest/", ".jpg", TOPIC));
    assertEquals(
        State.NEVER,
        notification(Event.S3_OBJECT_CREATED, "ingest/", ".jpg", TOPIC + "-2").state());
    aws.on(
        GetBucketNotificationConfigurationRequest.class,
        GetBucketNotificationConfigurationResponse.builder().build());
    assertSeen(State.NEVER, "b notifies nobody", look(BucketNotification.TYPE, TOLD));
  }

  private static final Map<String, Object> TOLD =
      Map.of(
          "bucket", "b",
          "topic", TOPIC,
          "events", List.of("s3:ObjectCreated:*"),
          "prefix", "ingest/",
          "suffix", ".jpg");

  /** AWS answers "Prefix" and "Suffix" with a capital. */
  private Observation notification(Event event, String prefix, String suffix, String topic) {
    aws.on(
        GetBucketNotificationConfigurationRequest.class,
        GetBucketNotificationConfigurationResponse.builder()
            .topicConfigurations(
                one ->
                    one.topicArn(topic)
                        .events(event)
                        .filter(
                            filter ->
                                filter.key(
                                    key ->
                                        key.filterRules(
                                            rule -> rule.name("Prefix").value(prefix),
                                            rule -> rule.name("Suffix").value(suffix)))))
            .build());
    return look(BucketNotification.TYPE, TOLD);
  }

  @Test
  void bucketLifecycle() {
    assertEquals(State.HOLDS, lifecycle("cleanup", "Enabled", "ingest/", 30).state());
    assertEquals(State.NEVER, lifecycle("cleanup", "Disabled", "ingest/", 30).state());
    assertEquals(State.NEVER, lifecycle("cleanup", "Enabled", "", 30).state());
    assertEquals(State.NEVER, lifecycle("cleanup", "Enabled", "ingest/", 31).state());
    assertSeen(
        State.NEVER, "there is no rule cleanup", lifecycle("other", "Enabled", "ingest/", 30));
    aws.on(
        GetBucketLifecycleConfigurationRequest.class,
        request -> {
          throw S3Exception.builder().statusCode(404).build();
        });
    assertSeen(State.NEVER, "nothing expires", look(BucketLifecycle.TYPE, EXPIRES));
  }

  private static final Map<String, Object> EXPIRES =
      Map.of(
          "bucket", "b",
          "rule", "cleanup",
          "prefix", "ingest/",
          "expireDays", "30",
          "noncurrentDays", "1");

  private Observation lifecycle(String id, String status, String prefix, int days) {
    aws.on(
        GetBucketLifecycleConfigurationRequest.class,
        GetBucketLifecycleConfigurationResponse.builder()
            .rules(
                rule ->
                    rule.id(id)
                        .status(status)
                        .filter(filter -> filter.prefix(prefix))
                        .expiration(expiration -> expiration.days(days))
                        .noncurrentVersionExpiration(old -> old.noncurrentDays(1)))
            .build());
    return look(BucketLifecycle.TYPE, EXPIRES);
  }

  @Test
  void eventSourceMapping() {
    EventSourceMappingConfiguration ours =
        EventSourceMappingConfiguration.builder()
            .uuid("11111111-2222-3333-4444-555555555555")
            .eventSourceArn(QUEUE)
            .state("Enabled")
            .batchSize(1)
            .functionResponseTypesWithStrings("ReportBatchItemFailures")
            .scalingConfig(scaling -> scaling.maximumConcurrency(2))
            .build();
    assertEquals(State.HOLDS, mapping(ours).state());
    assertEquals(State.LACKS, mapping(ours.toBuilder().state("Enabling").build()).state());
    assertEquals(State.NEVER, mapping(ours.toBuilder().state("Disabled").build()).state());
    assertEquals(State.NEVER, mapping(ours.toBuilder().batchSize(10).build()).state());
    assertEquals(State.NEVER, mapping(ours, ours).state());
    assertSeen(State.NEVER, "queue calls nothing of f", mapping());
    assertEquals(
        State.NEVER, mapping(ours, ours.toBuilder().eventSourceArn("arn:other").build()).state());
  }

  private Observation mapping(EventSourceMappingConfiguration... all) {
    aws.on(
        ListEventSourceMappingsRequest.class,
        ListEventSourceMappingsResponse.builder().eventSourceMappings(all).build());
    return look(
        EventSourceMappingShape.TYPE,
        Map.of(
            "function", "f",
            "source", QUEUE,
            "batchSize", "1",
            "responseTypes", List.of("ReportBatchItemFailures"),
            "maximumConcurrency", "2"));
  }

  @Test
  void emailSubscription() {
    assertSeen(State.HOLDS, "email a@b.c, its owner has yet to confirm", email("a@b.c", "a@b.c"));
    assertSeen(State.NEVER, "a@b.c is not subscribed", email("a@b.c", "other@b.c"));
    assertEquals(State.SKIPPED, email("none", "a@b.c").state());
  }

  private Observation email(String wanted, String subscribed) {
    aws.on(
        ListSubscriptionsByTopicRequest.class,
        ListSubscriptionsByTopicResponse.builder()
            .subscriptions(
                Subscription.builder()
                    .protocol("email")
                    .endpoint(subscribed)
                    .subscriptionArn("PendingConfirmation")
                    .build())
            .build());
    return look(EmailSubscription.TYPE, Map.of("topic", TOPIC, "address", wanted));
  }
}
