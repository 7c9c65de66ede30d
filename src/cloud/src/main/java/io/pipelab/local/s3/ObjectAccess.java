package io.pipelab.local.s3;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.HonouredMembers;
import software.amazon.awssdk.core.SdkPojo;

/** Who may read and write objects through the streaming front. */
final class ObjectAccess {
  private static final String S3 = "s3";

  private final HonouredMembers honoured;
  private final AccessCheck access;

  ObjectAccess(HonouredMembers honoured, AccessCheck access) {
    this.honoured = honoured;
    this.access = access;
  }

  /**
   * Lets a request pass that sets nothing but what is honoured, and whose caller may make it.
   *
   * @throws AwsError AccessDenied, which tells who signs the request why
   */
  void require(SdkPojo request, Caller caller) {
    honoured.require(request);
    try {
      access.require(request, caller, honoured, S3, "");
    } catch (AwsError e) {
      throw caller instanceof Caller.Anonymous ? denied() : e;
    }
  }

  /**
   * Whether an object is there is for those to know who may list the bucket (S3 API Reference,
   * "GetObject": without the permission the answer is 403 and not 404).
   *
   * @throws AwsError AccessDenied
   */
  void requireListing(String bucket, Caller caller) {
    try {
      access.require(
          new AccessControl.Use(caller, "s3:ListBucket", "arn:aws:s3:::" + bucket), S3, "");
    } catch (AwsError e) {
      throw caller instanceof Caller.Anonymous ? denied() : e;
    }
  }

  static AwsError denied() {
    return AwsError.accessDenied("AccessDenied", "Access Denied");
  }
}
