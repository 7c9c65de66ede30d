package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** The actions on buckets as such. */
final class BucketActions {
  private static final int MOST_LISTED = 10_000;

  private static final String US_EAST_1 = "us-east-1";

  private final CloudIdentity identity;
  private final Clock wall;
  private final Buckets buckets;

  BucketActions(CloudIdentity identity, Clock wall, Buckets buckets) {
    this.identity = identity;
    this.wall = wall;
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateBucketRequest.class, this::create)
        .on(DeleteBucketRequest.class, this::delete)
        .on(HeadBucketRequest.class, this::head)
        .on(ListBucketsRequest.class, this::list)
        .on(GetBucketLocationRequest.class, this::location)
        .on(GetBucketVersioningRequest.class, this::versioning)
        .on(PutBucketVersioningRequest.class, this::putVersioning);
  }

  CreateBucketResponse create(CreateBucketRequest request) {
    var configuration = request.createBucketConfiguration();
    WriteOptions.acl(
        request.aclAsString(),
        request.grantFullControl(),
        request.grantRead(),
        request.grantReadACP(),
        request.grantWrite(),
        request.grantWriteACP());
    if (request.objectOwnership() == ObjectOwnership.UNKNOWN_TO_SDK_VERSION) {
      throw AwsError.badRequest(
              "InvalidArgument",
              "Invalid x-amz-object-ownership header: " + request.objectOwnershipAsString())
          .with("ArgumentName", "x-amz-object-ownership");
    }
    checkLocation(configuration == null ? null : configuration.locationConstraintAsString());
    Bucket bucket = buckets.create(request.bucket(), wall.instant());
    if (bucket != null) {
      applyDefaults(bucket);
      if (request.objectOwnership() != null) {
        bucket.configure(ownership(request.objectOwnership()));
      }
      if (configuration != null && !configuration.tags().isEmpty()) {
        ConfigurationActions.tag(bucket, configuration.tags());
      }
    } else if (!identity.region().equals(US_EAST_1)) {
      // In us-east-1 alone an owner may create a bucket again.
      throw AwsError.of(
          "BucketAlreadyOwnedByYou",
          409,
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    return CreateBucketResponse.builder().location("/" + request.bucket()).build();
  }

  private void checkLocation(@Nullable String constraint) {
    String region = constraint == null ? US_EAST_1 : constraint;
    if (!region.equals(identity.region()) || US_EAST_1.equals(constraint)) {
      throw AwsError.badRequest(
          "IllegalLocationConstraintException",
          "The "
              + (constraint == null ? "unspecified" : constraint)
              + " location constraint is incompatible for the region specific endpoint this request"
              + " was sent to.");
    }
  }

  /** As AWS sets up every new bucket since April 2023. */
  private static void applyDefaults(Bucket bucket) {
    bucket.configure(allBlocked());
    bucket.configure(ownerEnforced());
  }

  static PublicAccessBlockConfiguration allBlocked() {
    return PublicAccessBlockConfiguration.builder()
        .blockPublicAcls(true)
        .ignorePublicAcls(true)
        .blockPublicPolicy(true)
        .restrictPublicBuckets(true)
        .build();
  }

  static OwnershipControls ownerEnforced() {
    return ownership(ObjectOwnership.BUCKET_OWNER_ENFORCED);
  }

  private static OwnershipControls ownership(ObjectOwnership who) {
    OwnershipControlsRule rule = OwnershipControlsRule.builder().objectOwnership(who).build();
    return OwnershipControls.builder().rules(rule).build();
  }

  DeleteBucketResponse delete(DeleteBucketRequest request) {
    buckets.delete(request.bucket());
    return DeleteBucketResponse.builder().build();
  }

  private HeadBucketResponse head(HeadBucketRequest request) {
    Bucket bucket = buckets.get(request.bucket());
    return HeadBucketResponse.builder()
        .bucketRegion(identity.region())
        .bucketArn("arn:aws:s3:::" + bucket.name())
        .accessPointAlias(false)
        .build();
  }

  private ListBucketsResponse list(ListBucketsRequest request) {
    String prefix = request.prefix() == null ? "" : request.prefix();
    String after = request.continuationToken() == null ? "" : request.continuationToken();
    int most = request.maxBuckets() == null ? MOST_LISTED : request.maxBuckets();
    if (most < 1 || most > MOST_LISTED) {
      throw AwsError.badRequest(
          "InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000");
    }
    List<software.amazon.awssdk.services.s3.model.Bucket> found =
        buckets.all().stream()
            .filter(each -> each.name().startsWith(prefix) && each.name().compareTo(after) > 0)
            .limit(most + 1L)
            .map(
                each ->
                    software.amazon.awssdk.services.s3.model.Bucket.builder()
                        .name(each.name())
                        .creationDate(each.created())
                        .bucketRegion(identity.region())
                        .bucketArn("arn:aws:s3:::" + each.name())
                        .build())
            .toList();
    boolean more = found.size() > most;
    List<software.amazon.awssdk.services.s3.model.Bucket> page =
        more ? found.subList(0, most) : found;
    return ListBucketsResponse.builder()
        .buckets(page)
        .owner(owner -> owner.id(OwnerId.of(identity)))
        .prefix(request.prefix())
        .continuationToken(more ? page.get(most - 1).name() : null)
        .build();
  }

  private GetBucketLocationResponse location(GetBucketLocationRequest request) {
    buckets.get(request.bucket());
    boolean first = identity.region().equals(US_EAST_1);
    return GetBucketLocationResponse.builder()
        .locationConstraint(first ? null : identity.region())
        .build();
  }

  private GetBucketVersioningResponse versioning(GetBucketVersioningRequest request) {
    return GetBucketVersioningResponse.builder()
        .status(buckets.get(request.bucket()).versioning())
        .build();
  }

  private PutBucketVersioningResponse putVersioning(PutBucketVersioningRequest request) {
    setVersioning(buckets.get(request.bucket()), request.versioningConfiguration());
    return PutBucketVersioningResponse.builder().build();
  }

  static void setVersioning(Bucket bucket, @Nullable VersioningConfiguration configuration) {
    if (configuration != null
        && configuration.status() == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) {
      throw AwsError.badRequest(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    if (configuration == null || configuration.status() == null) {
      throw AwsError.badRequest(
          "IllegalVersioningConfigurationException", "The Versioning element must be specified");
    }
    if (configuration.mfaDelete() != null && configuration.mfaDeleteAsString().equals("Enabled")) {
      throw AwsError.notImplemented("s3 MFA delete");
    }
    bucket.versioning(configuration.status());
  }
}
