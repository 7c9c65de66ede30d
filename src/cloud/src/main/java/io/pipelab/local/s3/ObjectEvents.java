package io.pipelab.local.s3;

import software.amazon.awssdk.services.s3.model.NotificationConfiguration;

/** Port of S3 to whatever delivers its event notifications. */
public interface ObjectEvents {
  /**
   * Checks a configuration that a bucket is about to get, and sends its destinations the test
   * event.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidArgument when a destination cannot be reached
   */
  void configure(String bucket, NotificationConfiguration configuration);

  /** Hands over an event; delivery is the port's own and never fails the call that caused it. */
  void happened(ObjectEvent event, NotificationConfiguration configuration);
}
