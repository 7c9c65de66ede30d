package io.pipelab.local.s3;

import io.pipelab.local.cloudformation.resource.AttachedPolicy;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;

/** {@code AWS::S3::BucketPolicy}. */
final class BucketPolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::S3::BucketPolicy")
          .createOnly("Bucket")
          .properties("PolicyDocument")
          .required("Bucket", "PolicyDocument");

  private final Buckets buckets;

  BucketPolicyResource(Buckets buckets) {
    this.buckets = buckets;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = String.valueOf(request.text("Bucket"));
    Bucket bucket = buckets.get(name);
    if (bucket.policy() != null) {
      throw AwsError.of(
          "AlreadyExists", 409, "The bucket policy already exists on bucket " + name + ".");
    }
    AccessActions.setPolicy(bucket, AttachedPolicy.document(request));
    return PhysicalResource.of(name);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    AccessActions.setPolicy(buckets.get(current.physicalId()), AttachedPolicy.document(after));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    if (buckets.has(current.physicalId())) {
      buckets.get(current.physicalId()).policy(null);
    }
  }
}
