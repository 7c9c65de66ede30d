package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;

/** Tells the port of what happens in buckets that have a notification configuration. */
final class EventSource {
  private final CloudClock clock;
  private volatile @Nullable ObjectEvents port;

  EventSource(CloudClock clock) {
    this.clock = clock;
  }

  void attach(ObjectEvents events) {
    port = events;
  }

  /**
   * Gives a bucket its notification configuration.
   *
   * @throws AwsError when the port refuses it
   */
  void configure(Bucket bucket, NotificationConfiguration given, boolean validate) {
    NotificationConfiguration configuration = NotificationNames.complete(given);
    boolean empty =
        configuration.topicConfigurations().isEmpty()
            && configuration.queueConfigurations().isEmpty()
            && configuration.lambdaFunctionConfigurations().isEmpty()
            && configuration.eventBridgeConfiguration() == null;
    ObjectEvents events = port;
    if (!empty && events == null) {
      throw AwsError.notImplemented("s3:PutBucketNotificationConfiguration");
    }
    if (!empty && validate && events != null) {
      events.configure(bucket.name(), configuration);
    }
    bucket.configure(configuration);
  }

  void emit(String name, Bucket bucket, ObjectVersion version, Caller caller) {
    ObjectEvents events = port;
    NotificationConfiguration configuration =
        bucket.configuration(NotificationConfiguration.class).orElse(null);
    if (events == null || configuration == null) {
      return;
    }
    boolean versioned = bucket.versioning() != null;
    events.happened(
        new ObjectEvent(name, bucket, version, versioned, clock.now(), caller), configuration);
  }
}
