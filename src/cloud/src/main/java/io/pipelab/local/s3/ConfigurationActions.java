package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/** The actions on a bucket's tags, lifecycle, encryption, notifications and the like. */
final class ConfigurationActions {
  private static final TransitionDefaultMinimumObjectSize LEAST_TRANSITION_SIZE =
      TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K;

  private final Buckets buckets;
  private final EventSource events;

  ConfigurationActions(Buckets buckets, EventSource events) {
    this.buckets = buckets;
    this.events = events;
  }

  void addTo(Actions actions) {
    actions
        .on(GetBucketTaggingRequest.class, this::tagging)
        .on(PutBucketTaggingRequest.class, this::putTagging)
        .on(DeleteBucketTaggingRequest.class, this::deleteTagging)
        .on(GetBucketLifecycleConfigurationRequest.class, this::lifecycle)
        .on(PutBucketLifecycleConfigurationRequest.class, this::putLifecycle)
        .on(DeleteBucketLifecycleRequest.class, this::deleteLifecycle)
        .on(GetBucketEncryptionRequest.class, this::encryption)
        .on(PutBucketEncryptionRequest.class, this::putEncryption)
        .on(DeleteBucketEncryptionRequest.class, this::deleteEncryption)
        .on(GetBucketNotificationConfigurationRequest.class, this::notification)
        .on(PutBucketNotificationConfigurationRequest.class, this::putNotification);
  }

  private GetBucketTaggingResponse tagging(GetBucketTaggingRequest request) {
    Tagging tagging =
        require(request.bucket(), Tagging.class, "NoSuchTagSet", "The TagSet does not exist");
    return GetBucketTaggingResponse.builder().tagSet(tagging.tagSet()).build();
  }

  private PutBucketTaggingResponse putTagging(PutBucketTaggingRequest request) {
    tag(buckets.get(request.bucket()), request.tagging().tagSet());
    return PutBucketTaggingResponse.builder().build();
  }

  static void tag(Bucket bucket, List<Tag> tags) {
    Tagging tagging = Tagging.builder().tagSet(Tags.list(Tags.ofBucket(tags))).build();
    if (tags.isEmpty()) {
      bucket.unconfigure(Tagging.class);
    } else {
      bucket.configure(tagging);
    }
  }

  private DeleteBucketTaggingResponse deleteTagging(DeleteBucketTaggingRequest request) {
    buckets.get(request.bucket()).unconfigure(Tagging.class);
    return DeleteBucketTaggingResponse.builder().build();
  }

  private GetBucketLifecycleConfigurationResponse lifecycle(
      GetBucketLifecycleConfigurationRequest request) {
    return require(
        request.bucket(),
        GetBucketLifecycleConfigurationResponse.class,
        "NoSuchLifecycleConfiguration",
        "The lifecycle configuration does not exist");
  }

  private PutBucketLifecycleConfigurationResponse putLifecycle(
      PutBucketLifecycleConfigurationRequest request) {
    TransitionDefaultMinimumObjectSize least =
        Objects.requireNonNullElse(
            request.transitionDefaultMinimumObjectSize(), LEAST_TRANSITION_SIZE);
    setLifecycle(buckets.get(request.bucket()), request.lifecycleConfiguration(), least);
    return PutBucketLifecycleConfigurationResponse.builder()
        .transitionDefaultMinimumObjectSize(least)
        .build();
  }

  static void setLifecycle(Bucket bucket, @Nullable BucketLifecycleConfiguration configuration) {
    setLifecycle(bucket, configuration, LEAST_TRANSITION_SIZE);
  }

  /** Kept as it is answered: how small objects may be that move is no part of the rules' XML. */
  private static void setLifecycle(
      Bucket bucket,
      @Nullable BucketLifecycleConfiguration configuration,
      TransitionDefaultMinimumObjectSize least) {
    if (least == TransitionDefaultMinimumObjectSize.UNKNOWN_TO_SDK_VERSION) {
      throw malformed();
    }
    if (configuration == null || configuration.rules().isEmpty()) {
      throw malformed();
    }
    List<LifecycleRule> rules = new ArrayList<>();
    for (LifecycleRule rule : configuration.rules()) {
      if (rule.status() == null || rule.status() == ExpirationStatus.UNKNOWN_TO_SDK_VERSION) {
        throw malformed();
      }
      checkRule(rule);
      rules.add(rule.id() == null ? rule.toBuilder().id(VersionIds.next()).build() : rule);
    }
    bucket.configure(
        GetBucketLifecycleConfigurationResponse.builder()
            .rules(rules)
            .transitionDefaultMinimumObjectSize(least)
            .build());
  }

  /** What S3's schema does not let stand beside each other. */
  private static void checkRule(LifecycleRule rule) {
    boolean twoScopes = rule.prefix() != null && rule.filter() != null;
    LifecycleExpiration expiration = rule.expiration();
    boolean twoExpirations =
        expiration != null
            && Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker())
            && (expiration.days() != null || expiration.date() != null);
    if (twoScopes || twoExpirations) {
      throw malformed();
    }
  }

  private static AwsError malformed() {
    return AwsError.badRequest(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  private DeleteBucketLifecycleResponse deleteLifecycle(DeleteBucketLifecycleRequest request) {
    buckets.get(request.bucket()).unconfigure(GetBucketLifecycleConfigurationResponse.class);
    return DeleteBucketLifecycleResponse.builder().build();
  }

  /** S3 encrypts with its own keys when nothing else is configured; on disk here nothing is. */
  private GetBucketEncryptionResponse encryption(GetBucketEncryptionRequest request) {
    ServerSideEncryptionConfiguration configuration =
        buckets
            .get(request.bucket())
            .configuration(ServerSideEncryptionConfiguration.class)
            .orElseGet(ConfigurationActions::ownKeys);
    return GetBucketEncryptionResponse.builder()
        .serverSideEncryptionConfiguration(configuration)
        .build();
  }

  private static ServerSideEncryptionConfiguration ownKeys() {
    ServerSideEncryptionRule rule =
        ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(
                each -> each.sseAlgorithm(ServerSideEncryption.AES256))
            .bucketKeyEnabled(false)
            .build();
    return ServerSideEncryptionConfiguration.builder().rules(rule).build();
  }

  private PutBucketEncryptionResponse putEncryption(PutBucketEncryptionRequest request) {
    setEncryption(buckets.get(request.bucket()), request.serverSideEncryptionConfiguration());
    return PutBucketEncryptionResponse.builder().build();
  }

  static void setEncryption(Bucket bucket, ServerSideEncryptionConfiguration configuration) {
    for (ServerSideEncryptionRule rule : configuration.rules()) {
      ServerSideEncryptionByDefault each = rule.applyServerSideEncryptionByDefault();
      if (each != null && !isOwnKey(String.valueOf(each.sseAlgorithmAsString()))) {
        throw AwsError.notImplemented("s3 encryption with " + each.sseAlgorithmAsString());
      }
      if (each != null && each.kmsMasterKeyID() != null) {
        throw AwsError.notImplemented("s3 encryption with KMS keys but the account's own");
      }
    }
    bucket.configure(configuration);
  }

  /**
   * Whether S3 encrypts with a key that it brings itself: its own, or the account's {@code aws/s3}.
   * Nobody sees which; on disk here nothing is encrypted.
   */
  static boolean isOwnKey(String algorithm) {
    return algorithm.equals("AES256") || algorithm.equals("aws:kms");
  }

  private DeleteBucketEncryptionResponse deleteEncryption(DeleteBucketEncryptionRequest request) {
    buckets.get(request.bucket()).unconfigure(ServerSideEncryptionConfiguration.class);
    return DeleteBucketEncryptionResponse.builder().build();
  }

  private GetBucketNotificationConfigurationResponse notification(
      GetBucketNotificationConfigurationRequest request) {
    NotificationConfiguration configuration =
        buckets
            .get(request.bucket())
            .configuration(NotificationConfiguration.class)
            .orElseGet(() -> NotificationConfiguration.builder().build());
    return GetBucketNotificationConfigurationResponse.builder()
        .topicConfigurations(configuration.topicConfigurations())
        .queueConfigurations(configuration.queueConfigurations())
        .lambdaFunctionConfigurations(configuration.lambdaFunctionConfigurations())
        .eventBridgeConfiguration(configuration.eventBridgeConfiguration())
        .build();
  }

  private PutBucketNotificationConfigurationResponse putNotification(
      PutBucketNotificationConfigurationRequest request) {
    Bucket bucket = buckets.get(request.bucket());
    boolean validate = !Boolean.TRUE.equals(request.skipDestinationValidation());
    events.configure(bucket, request.notificationConfiguration(), validate);
    return PutBucketNotificationConfigurationResponse.builder().build();
  }

  private <T extends SdkPojo> T require(String bucket, Class<T> type, String code, String message) {
    return buckets
        .get(bucket)
        .configuration(type)
        .orElseThrow(() -> AwsError.notFound(code, message));
  }
}
