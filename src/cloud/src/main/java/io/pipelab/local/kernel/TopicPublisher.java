package io.pipelab.local.kernel;

import org.jspecify.annotations.Nullable;

/** Port to SNS: how alarms, buckets and rules publish. */
public interface TopicPublisher {
  /**
   * Publishes to a topic and returns the message id.
   *
   * @throws AwsError NotFound, or AuthorizationError when the topic's policy does not let the
   *     caller in
   */
  String publish(String topicArn, @Nullable String subject, String message, Caller caller);
}
