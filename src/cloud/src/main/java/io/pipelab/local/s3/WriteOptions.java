package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Refuses by name what a write asks for and the embedded cloud would not do. */
final class WriteOptions {
  private static final int LONGEST_KEY = 1024;

  /** Names and values of a user's own metadata (Amazon S3 User Guide, "Working with metadata"). */
  private static final int MOST_METADATA = 2048;

  private WriteOptions() {}

  static void check(PutObjectRequest r) {
    key(r.key());
    metadata(r.metadata());
    acl(r.aclAsString(), r.grantFullControl(), r.grantRead(), r.grantReadACP(), r.grantWriteACP());
    encryption(r.serverSideEncryptionAsString());
    storageClass(r.storageClass(), r.storageClassAsString());
  }

  static void check(CreateMultipartUploadRequest r) {
    key(r.key());
    metadata(r.metadata());
    acl(r.aclAsString(), r.grantFullControl(), r.grantRead(), r.grantReadACP(), r.grantWriteACP());
    encryption(r.serverSideEncryptionAsString());
    storageClass(r.storageClass(), r.storageClassAsString());
  }

  static void check(CopyObjectRequest r) {
    key(r.key());
    metadata(r.metadata());
    acl(r.aclAsString(), r.grantFullControl(), r.grantRead(), r.grantReadACP(), r.grantWriteACP());
    encryption(r.serverSideEncryptionAsString());
    storageClass(r.storageClass(), r.storageClassAsString());
  }

  private static void key(String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw AwsError.badRequest("KeyTooLongError", "Your key is too long")
          .with("Size", Integer.toString(key.getBytes(StandardCharsets.UTF_8).length))
          .with("MaxSizeAllowed", Integer.toString(LONGEST_KEY));
    }
  }

  private static void metadata(Map<String, String> user) {
    int size =
        user.entrySet().stream()
            .mapToInt(each -> utf8(each.getKey()) + utf8(each.getValue()))
            .sum();
    if (size > MOST_METADATA) {
      throw AwsError.badRequest(
              "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
          .with("Size", Integer.toString(size))
          .with("MaxSizeAllowed", Integer.toString(MOST_METADATA));
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Buckets are owner-enforced, as new ones on AWS: access control lists are off. */
  static void acl(@Nullable String canned, @Nullable String... grants) {
    boolean owners =
        canned == null || canned.equals("private") || canned.startsWith("bucket-owner-");
    boolean granted = false;
    for (String grant : grants) {
      granted |= grant != null;
    }
    if (!owners || granted) {
      throw AwsError.badRequest("AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
  }

  private static void encryption(@Nullable String algorithm) {
    if (algorithm != null && !ConfigurationActions.isOwnKey(algorithm)) {
      throw AwsError.notImplemented("s3 encryption with " + algorithm);
    }
  }

  private static void storageClass(@Nullable StorageClass known, @Nullable String given) {
    if (known == StorageClass.UNKNOWN_TO_SDK_VERSION) {
      throw AwsError.badRequest(
              "InvalidStorageClass", "The storage class you specified is not valid")
          .with("StorageClassRequested", String.valueOf(given));
    }
  }
}
