package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.Payer;

/**
 * What the embedded cloud cannot be told to do, buckets do not do: reading these configurations
 * answers as AWS does for a bucket that never had them.
 */
final class UnconfiguredActions {
  private final Buckets buckets;

  UnconfiguredActions(Buckets buckets) {
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(GetBucketLoggingRequest.class, this::logging)
        .on(GetBucketRequestPaymentRequest.class, this::payment)
        .on(GetBucketAccelerateConfigurationRequest.class, this::acceleration)
        .on(GetBucketWebsiteRequest.class, this::website)
        .on(GetBucketReplicationRequest.class, this::replication)
        .on(GetObjectLockConfigurationRequest.class, this::lock);
  }

  private GetBucketLoggingResponse logging(GetBucketLoggingRequest request) {
    buckets.get(request.bucket());
    return GetBucketLoggingResponse.builder().build();
  }

  private GetBucketRequestPaymentResponse payment(GetBucketRequestPaymentRequest request) {
    buckets.get(request.bucket());
    return GetBucketRequestPaymentResponse.builder().payer(Payer.BUCKET_OWNER).build();
  }

  private GetBucketAccelerateConfigurationResponse acceleration(
      GetBucketAccelerateConfigurationRequest request) {
    buckets.get(request.bucket());
    return GetBucketAccelerateConfigurationResponse.builder().build();
  }

  private GetBucketWebsiteResponse website(GetBucketWebsiteRequest request) {
    throw missing(
        request.bucket(),
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration");
  }

  private GetBucketReplicationResponse replication(GetBucketReplicationRequest request) {
    throw missing(
        request.bucket(),
        "ReplicationConfigurationNotFoundError",
        "The replication configuration was not found");
  }

  private GetObjectLockConfigurationResponse lock(GetObjectLockConfigurationRequest request) {
    throw missing(
        request.bucket(),
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket");
  }

  private AwsError missing(String bucket, String code, String message) {
    buckets.get(bucket);
    return AwsError.notFound(code, message);
  }
}
