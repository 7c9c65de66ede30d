package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** The actions of multipart uploads that carry no part's bytes. */
final class UploadActions {
  private final CloudIdentity identity;
  private final Clock wall;
  private final Buckets buckets;
  private final EventSource events;

  UploadActions(CloudIdentity identity, Clock wall, Buckets buckets, EventSource events) {
    this.identity = identity;
    this.wall = wall;
    this.buckets = buckets;
    this.events = events;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateMultipartUploadRequest.class, this::create)
        .on(UploadPartCopyRequest.class, this::copyPart)
        .on(CompleteMultipartUploadRequest.class, this::complete)
        .on(AbortMultipartUploadRequest.class, this::abort);
  }

  /**
   * Finds an upload that is under way.
   *
   * @throws AwsError NoSuchUpload
   */
  static MultipartUpload find(Bucket bucket, String key, @Nullable String uploadId) {
    MultipartUpload upload = uploadId == null ? null : bucket.uploads().get(uploadId);
    if (upload == null || !upload.key().equals(key)) {
      throw AwsError.notFound(
          "NoSuchUpload",
          "The specified upload does not exist. The upload ID may be invalid, or the upload may"
              + " have been aborted or completed.");
    }
    return upload;
  }

  private CreateMultipartUploadResponse create(CreateMultipartUploadRequest r) {
    WriteOptions.check(r);
    Bucket bucket = buckets.get(r.bucket());
    ChecksumAlgorithm algorithm =
        r.checksumAlgorithm() == null ? ChecksumAlgorithm.CRC64_NVME : r.checksumAlgorithm();
    if (ObjectChecksum.header(algorithm).isEmpty()) {
      throw AwsError.badRequest("InvalidRequest", "Checksum algorithm provided is unsupported.");
    }
    boolean whole = algorithm == ChecksumAlgorithm.CRC64_NVME;
    ChecksumType type =
        r.checksumType() == null
            ? whole ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE
            : r.checksumType();
    MultipartUpload upload =
        MultipartUpload.start(
            VersionIds.next(),
            r.key(),
            wall.instant(),
            ObjectHeaders.of(r),
            Tags.ofHeader(r.tagging()),
            algorithm,
            type,
            r.checksumAlgorithm() != null);
    bucket.uploads().put(upload.id(), upload);
    return CreateMultipartUploadResponse.builder()
        .bucket(bucket.name())
        .key(r.key())
        .uploadId(upload.id())
        .checksumAlgorithm(upload.strict() ? algorithm : null)
        .checksumType(upload.strict() ? type : null)
        .serverSideEncryption(ServerSideEncryption.AES256)
        .build();
  }

  private UploadPartCopyResponse copyPart(UploadPartCopyRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    CopySource from = CopySource.of(r.copySource());
    ObjectVersion version = buckets.get(from.bucket()).get(from.key(), from.versionId());
    StoredObject source = java.util.Objects.requireNonNull(version.object(), "a delete marker");
    new Preconditions(
            r.copySourceIfMatch(),
            r.copySourceIfNoneMatch(),
            r.copySourceIfModifiedSince(),
            r.copySourceIfUnmodifiedSince())
        .checkCopy(version, source);
    ByteRange range = ByteRange.of(r.copySourceRange(), source.size());
    Digests digests = Digests.of(upload.algorithm());
    try (InputStream bytes = Blobs.open(source.blob(), range)) {
      Blob blob = buckets.blobs().store(bytes, digests);
      UploadedPart part = add(bucket, upload, r.partNumber(), blob, digests.checksum());
      return UploadPartCopyResponse.builder()
          .copyPartResult(each -> each.eTag(part.quotedEtag()).lastModified(part.lastModified()))
          .copySourceVersionId(ObjectActions.shown(version))
          .serverSideEncryption(ServerSideEncryption.AES256)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UploadedPart add(
      Bucket bucket, MultipartUpload upload, int number, Blob blob, String checksum) {
    return add(
        bucket,
        upload,
        number,
        blob,
        new ObjectChecksum(upload.algorithm(), checksum, ChecksumType.FULL_OBJECT));
  }

  /** Adds a part; it takes the place of one with its number. */
  UploadedPart add(
      Bucket bucket, MultipartUpload upload, int number, Blob blob, ObjectChecksum checksum) {
    UploadedPart part = new UploadedPart(number, blob, checksum, wall.instant());
    UploadedPart before = upload.parts().put(number, part);
    if (before != null) {
      bucket.discard(before);
    }
    return part;
  }

  private CompleteMultipartUploadResponse complete(
      CompleteMultipartUploadRequest r, Caller caller) {
    Bucket bucket = buckets.get(r.bucket());
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    StoredObject object = Assembly.of(upload, r.multipartUpload(), buckets.blobs());
    ObjectVersion version;
    try {
      version =
          bucket.put(
              r.key(),
              object,
              wall.instant(),
              new Preconditions(r.ifMatch(), r.ifNoneMatch(), null, null)::checkWrite);
    } catch (AwsError e) {
      buckets.blobs().delete(object.blob());
      throw e;
    }
    bucket.uploads().remove(upload.id());
    upload.parts().values().forEach(bucket::discard);
    events.emit("ObjectCreated:CompleteMultipartUpload", bucket, version, caller);
    ObjectChecksum checksum =
        java.util.Objects.requireNonNull(object.checksum(), "assembled with a checksum");
    return CompleteMultipartUploadResponse.builder()
        .location(identity.endpoint() + "/" + bucket.name() + "/" + r.key())
        .bucket(bucket.name())
        .key(r.key())
        .eTag(object.quotedEtag())
        .versionId(ObjectActions.shown(version))
        .checksumType(checksum.type())
        .checksumCRC32(checksum.of(ChecksumAlgorithm.CRC32))
        .checksumCRC32C(checksum.of(ChecksumAlgorithm.CRC32_C))
        .checksumCRC64NVME(checksum.of(ChecksumAlgorithm.CRC64_NVME))
        .checksumSHA1(checksum.of(ChecksumAlgorithm.SHA1))
        .checksumSHA256(checksum.of(ChecksumAlgorithm.SHA256))
        .serverSideEncryption(ServerSideEncryption.AES256)
        .build();
  }

  private AbortMultipartUploadResponse abort(AbortMultipartUploadRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    bucket.uploads().remove(upload.id());
    upload.parts().values().forEach(bucket::discard);
    return AbortMultipartUploadResponse.builder().build();
  }
}
