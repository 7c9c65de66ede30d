package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.wire.BucketPath;
import io.pipelab.local.wire.HttpMembers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** GetObject and HeadObject. */
final class ObjectReads {
  /** Storage classes whose objects are read after RestoreObject only. */
  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

  private final ObjectAccess access;
  private final Buckets buckets;

  ObjectReads(ObjectAccess access, Buckets buckets) {
    this.access = access;
    this.buckets = buckets;
  }

  void read(HttpCall call, BucketPath path) throws IOException {
    GetObjectRequest.Builder builder = GetObjectRequest.builder();
    HttpMembers.fill(call, path.labels(), builder);
    GetObjectRequest request = builder.build();
    Bucket bucket = buckets.get(request.bucket());
    access.require(request, call.caller());
    try {
      read(call, request, bucket);
    } catch (AwsError e) {
      if (e.code().equals("NoSuchKey")) {
        access.requireListing(request.bucket(), call.caller());
      }
      throw e;
    }
  }

  private static void read(HttpCall call, GetObjectRequest request, Bucket bucket)
      throws IOException {
    if (call.method().equals("HEAD")) {
      Head head = head(request, bucket.get(request.key(), request.versionId()));
      call.respond(head.status(), head.headers(), new byte[0]);
      return;
    }
    try (OpenObject open = bucket.open(request.key(), request.versionId())) {
      requireRestored(open.object());
      Head head = head(request, open.version());
      try (InputStream bytes = open.range(head.range());
          OutputStream out = call.respond(head.status(), head.headers(), head.range().length())) {
        bytes.transferTo(out);
      }
    }
  }

  /**
   * Lets the bytes of an object be read.
   *
   * @throws AwsError InvalidObjectState for one that is archived: nothing is ever restored here
   */
  static void requireRestored(StoredObject object) {
    String storageClass = object.headers().storageClass();
    if (ARCHIVED.contains(storageClass)) {
      throw AwsError.accessDenied(
              "InvalidObjectState", "The operation is not valid for the object's storage class")
          .with("StorageClass", storageClass);
    }
  }

  /** The answer before its bytes. */
  private record Head(int status, Map<String, String> headers, ByteRange range) {}

  /**
   * The head of the answer.
   *
   * @throws AwsError when a precondition does not hold, or the range is not in the object
   */
  private static Head head(GetObjectRequest request, ObjectVersion version) {
    StoredObject object = Objects.requireNonNull(version.object(), "a delete marker");
    new Preconditions(
            request.ifMatch(),
            request.ifNoneMatch(),
            request.ifModifiedSince(),
            request.ifUnmodifiedSince())
        .checkRead(version, object);
    ByteRange range =
        request.partNumber() == null
            ? ByteRange.of(request.range(), object.size())
            : part(object, request.partNumber());
    return new Head(
        ranged(request, range) ? 206 : 200,
        HttpMembers.headers(members(request, version, object, range)),
        range);
  }

  /** Whether the answer is partial content, which it is too when the range is all of it. */
  private static boolean ranged(GetObjectRequest request, ByteRange range) {
    String header = request.range();
    return !range.isAll()
        || request.partNumber() != null
        || (header != null && ByteRange.isRange(header));
  }

  /** The bytes of one part of an object that was uploaded in parts; any object has a part 1. */
  private static ByteRange part(StoredObject object, int number) {
    if (object.parts().isEmpty() && number == 1) {
      return ByteRange.all(object.size());
    }
    if (number < 1 || number > object.parts().size()) {
      throw AwsError.of("InvalidPartNumber", 416, "The requested partnumber is not satisfiable");
    }
    long first = 0;
    for (UploadedPart part : object.parts().subList(0, number - 1)) {
      first += part.blob().size();
    }
    return new ByteRange(first, object.parts().get(number - 1).blob().size(), object.size());
  }

  private static GetObjectResponse members(
      GetObjectRequest request, ObjectVersion version, StoredObject object, ByteRange range) {
    ObjectHeaders kept = object.headers();
    GetObjectResponse.Builder head =
        GetObjectResponse.builder()
            .acceptRanges("bytes")
            .contentLength(range.length())
            .contentRange(ranged(request, range) ? range.contentRange() : null)
            .eTag(object.quotedEtag())
            .lastModified(version.lastModified())
            .versionId(ObjectActions.shown(version))
            .contentType(or(request.responseContentType(), kept.contentType()))
            .cacheControl(or(request.responseCacheControl(), kept.cacheControl()))
            .contentDisposition(or(request.responseContentDisposition(), kept.contentDisposition()))
            .contentEncoding(or(request.responseContentEncoding(), kept.contentEncoding()))
            .contentLanguage(or(request.responseContentLanguage(), kept.contentLanguage()))
            .expires(request.responseExpires() == null ? kept.expires() : request.responseExpires())
            .websiteRedirectLocation(kept.websiteRedirectLocation())
            .storageClass(kept.storageClassHeader())
            .metadata(kept.user())
            .tagCount(object.tags().isEmpty() ? null : object.tags().size())
            .serverSideEncryption(ServerSideEncryption.AES256);
    if (request.partNumber() != null && !object.parts().isEmpty()) {
      head.partsCount(object.parts().size());
    }
    ObjectChecksum checksum = object.checksum();
    boolean asked = "ENABLED".equalsIgnoreCase(request.checksumModeAsString());
    if (asked && checksum != null && range.isAll()) {
      head.checksumType(checksum.type())
          .checksumCRC32(checksum.of(ChecksumAlgorithm.CRC32))
          .checksumCRC32C(checksum.of(ChecksumAlgorithm.CRC32_C))
          .checksumCRC64NVME(checksum.of(ChecksumAlgorithm.CRC64_NVME))
          .checksumSHA1(checksum.of(ChecksumAlgorithm.SHA1))
          .checksumSHA256(checksum.of(ChecksumAlgorithm.SHA256));
    }
    return head.build();
  }

  private static @Nullable String or(@Nullable String asked, @Nullable String kept) {
    return asked == null ? kept : asked;
  }
}
