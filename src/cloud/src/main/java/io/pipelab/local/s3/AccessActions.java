package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketAclRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAclResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.Type;

/** The actions on who may do what with a bucket: policy, public access block, ownership, ACL. */
final class AccessActions {
  private final CloudIdentity identity;
  private final Buckets buckets;

  AccessActions(CloudIdentity identity, Buckets buckets) {
    this.identity = identity;
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(GetBucketPolicyRequest.class, this::policy)
        .on(PutBucketPolicyRequest.class, this::putPolicy)
        .on(DeleteBucketPolicyRequest.class, this::deletePolicy)
        .on(GetBucketPolicyStatusRequest.class, this::policyStatus)
        .on(GetPublicAccessBlockRequest.class, this::publicAccess)
        .on(PutPublicAccessBlockRequest.class, this::putPublicAccess)
        .on(DeletePublicAccessBlockRequest.class, this::deletePublicAccess)
        .on(GetBucketOwnershipControlsRequest.class, this::ownership)
        .on(PutBucketOwnershipControlsRequest.class, this::putOwnership)
        .on(DeleteBucketOwnershipControlsRequest.class, this::deleteOwnership)
        .on(GetBucketAclRequest.class, this::acl)
        .on(PutBucketAclRequest.class, this::putAcl)
        .on(GetObjectAclRequest.class, this::objectAcl);
  }

  private GetBucketPolicyResponse policy(GetBucketPolicyRequest request) {
    return GetBucketPolicyResponse.builder().policy(requirePolicy(request.bucket())).build();
  }

  private String requirePolicy(String bucket) {
    String policy = buckets.get(bucket).policy();
    if (policy == null) {
      throw AwsError.notFound("NoSuchBucketPolicy", "The bucket policy does not exist");
    }
    return policy;
  }

  private PutBucketPolicyResponse putPolicy(PutBucketPolicyRequest request) {
    setPolicy(buckets.get(request.bucket()), request.policy());
    return PutBucketPolicyResponse.builder().build();
  }

  /**
   * Gives a bucket a policy.
   *
   * @throws AwsError MalformedPolicy; AccessDenied for a public one where that is blocked
   */
  static void setPolicy(Bucket bucket, String document) {
    PublicPolicy parsed = new PublicPolicy(document);
    boolean blocked =
        bucket
            .configuration(PublicAccessBlockConfiguration.class)
            .map(each -> Boolean.TRUE.equals(each.blockPublicPolicy()))
            .orElse(false);
    if (blocked && parsed.isPublic()) {
      throw AwsError.accessDenied(
          "AccessDenied",
          "Public policies are blocked by the BlockPublicPolicy block public access setting.");
    }
    bucket.policy(document);
  }

  private DeleteBucketPolicyResponse deletePolicy(DeleteBucketPolicyRequest request) {
    buckets.get(request.bucket()).policy(null);
    return DeleteBucketPolicyResponse.builder().build();
  }

  private GetBucketPolicyStatusResponse policyStatus(GetBucketPolicyStatusRequest request) {
    boolean open = new PublicPolicy(requirePolicy(request.bucket())).isPublic();
    return GetBucketPolicyStatusResponse.builder().policyStatus(s -> s.isPublic(open)).build();
  }

  private GetPublicAccessBlockResponse publicAccess(GetPublicAccessBlockRequest request) {
    PublicAccessBlockConfiguration configuration =
        buckets
            .get(request.bucket())
            .configuration(PublicAccessBlockConfiguration.class)
            .orElseThrow(
                () ->
                    AwsError.notFound(
                        "NoSuchPublicAccessBlockConfiguration",
                        "The public access block configuration was not found"));
    return GetPublicAccessBlockResponse.builder()
        .publicAccessBlockConfiguration(configuration)
        .build();
  }

  private PutPublicAccessBlockResponse putPublicAccess(PutPublicAccessBlockRequest request) {
    buckets.get(request.bucket()).configure(complete(request.publicAccessBlockConfiguration()));
    return PutPublicAccessBlockResponse.builder().build();
  }

  /** What is left out is false. */
  static PublicAccessBlockConfiguration complete(PublicAccessBlockConfiguration given) {
    return PublicAccessBlockConfiguration.builder()
        .blockPublicAcls(Boolean.TRUE.equals(given.blockPublicAcls()))
        .ignorePublicAcls(Boolean.TRUE.equals(given.ignorePublicAcls()))
        .blockPublicPolicy(Boolean.TRUE.equals(given.blockPublicPolicy()))
        .restrictPublicBuckets(Boolean.TRUE.equals(given.restrictPublicBuckets()))
        .build();
  }

  private DeletePublicAccessBlockResponse deletePublicAccess(
      DeletePublicAccessBlockRequest request) {
    buckets.get(request.bucket()).unconfigure(PublicAccessBlockConfiguration.class);
    return DeletePublicAccessBlockResponse.builder().build();
  }

  private GetBucketOwnershipControlsResponse ownership(GetBucketOwnershipControlsRequest request) {
    OwnershipControls controls =
        buckets
            .get(request.bucket())
            .configuration(OwnershipControls.class)
            .orElseThrow(
                () ->
                    AwsError.notFound(
                        "OwnershipControlsNotFoundError",
                        "The bucket ownership controls were not found"));
    return GetBucketOwnershipControlsResponse.builder().ownershipControls(controls).build();
  }

  private PutBucketOwnershipControlsResponse putOwnership(
      PutBucketOwnershipControlsRequest request) {
    setOwnership(buckets.get(request.bucket()), request.ownershipControls());
    return PutBucketOwnershipControlsResponse.builder().build();
  }

  /** Access control lists are not implemented, so owners are enforced. */
  static void setOwnership(Bucket bucket, OwnershipControls controls) {
    for (OwnershipControlsRule rule : controls.rules()) {
      if (rule.objectOwnership() != ObjectOwnership.BUCKET_OWNER_ENFORCED) {
        throw AwsError.notImplemented("s3 object ownership " + rule.objectOwnershipAsString());
      }
    }
    bucket.configure(controls);
  }

  private DeleteBucketOwnershipControlsResponse deleteOwnership(
      DeleteBucketOwnershipControlsRequest request) {
    buckets.get(request.bucket()).unconfigure(OwnershipControls.class);
    return DeleteBucketOwnershipControlsResponse.builder().build();
  }

  private GetBucketAclResponse acl(GetBucketAclRequest request) {
    buckets.get(request.bucket());
    return GetBucketAclResponse.builder()
        .owner(owner -> owner.id(OwnerId.of(identity)))
        .grants(ownersGrant())
        .build();
  }

  private PutBucketAclResponse putAcl(PutBucketAclRequest request) {
    buckets.get(request.bucket());
    WriteOptions.acl(
        request.aclAsString(),
        request.grantFullControl(),
        request.grantRead(),
        request.grantReadACP(),
        request.grantWrite(),
        request.grantWriteACP());
    if (request.accessControlPolicy() != null) {
      throw AwsError.badRequest("AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
    return PutBucketAclResponse.builder().build();
  }

  private GetObjectAclResponse objectAcl(GetObjectAclRequest request) {
    buckets.get(request.bucket()).get(request.key(), request.versionId());
    return GetObjectAclResponse.builder()
        .owner(owner -> owner.id(OwnerId.of(identity)))
        .grants(ownersGrant())
        .build();
  }

  private Grant ownersGrant() {
    return Grant.builder()
        .grantee(each -> each.type(Type.CANONICAL_USER).id(OwnerId.of(identity)))
        .permission(Permission.FULL_CONTROL)
        .build();
  }
}
