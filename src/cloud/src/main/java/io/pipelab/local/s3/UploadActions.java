package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.io.IOException;
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
  private final CompletedUploads completed = new CompletedUploads();

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
      throw UploadParts.missing().with("UploadId", String.valueOf(uploadId));
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
    bucket.begin(upload);
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
    Digests digests = Digests.of(upload.algorithm());
    try (OpenObject source = buckets.get(from.bucket()).open(from.key(), from.versionId())) {
      ObjectVersion version = source.version();
      new Preconditions(
              r.copySourceIfMatch(),
              r.copySourceIfNoneMatch(),
              r.copySourceIfModifiedSince(),
              r.copySourceIfUnmodifiedSince())
          .checkCopy(version, source.object());
      ByteRange range = ByteRange.of(r.copySourceRange(), source.object().size());
      Blob blob = buckets.blobs().store(source.range(range), digests);
      UploadedPart part = add(upload, r.partNumber(), blob, digests.checksum());
      return UploadPartCopyResponse.builder()
          .copyPartResult(each -> each.eTag(part.quotedEtag()).lastModified(part.lastModified()))
          .copySourceVersionId(ObjectActions.shown(version))
          .serverSideEncryption(ServerSideEncryption.AES256)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UploadedPart add(MultipartUpload upload, int number, Blob blob, String checksum) {
    return add(
        upload,
        number,
        blob,
        new ObjectChecksum(upload.algorithm(), checksum, ChecksumType.FULL_OBJECT));
  }

  /**
   * Adds a part; it takes the place of one with its number.
   *
   * @throws AwsError NoSuchUpload when the upload ended while the part came in
   */
  UploadedPart add(MultipartUpload upload, int number, Blob blob, ObjectChecksum checksum) {
    UploadedPart part = new UploadedPart(number, blob, checksum, wall.instant());
    try {
      UploadedPart before = upload.parts().add(part);
      if (before != null) {
        buckets.blobs().delete(before.blob());
      }
      return part;
    } catch (AwsError e) {
      buckets.blobs().delete(blob);
      throw e;
    }
  }

  private CompleteMultipartUploadResponse complete(
      CompleteMultipartUploadRequest r, Caller caller) {
    Bucket bucket = buckets.get(r.bucket());
    CompleteMultipartUploadResponse before = completed.get(bucket, r.key(), r.uploadId());
    if (before != null) {
      return before;
    }
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    ObjectVersion version = upload.parts().hold(() -> put(bucket, upload, r));
    StoredObject object = java.util.Objects.requireNonNull(version.object(), "just put");
    events.emit("ObjectCreated:CompleteMultipartUpload", bucket, version, caller);
    ObjectChecksum checksum =
        java.util.Objects.requireNonNull(object.checksum(), "assembled with a checksum");
    CompleteMultipartUploadResponse response =
        CompleteMultipartUploadResponse.builder()
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
    completed.put(bucket, upload, response);
    return response;
  }

  private ObjectVersion put(
      Bucket bucket, MultipartUpload upload, CompleteMultipartUploadRequest r) {
    ObjectVersion version =
        bucket.put(
            r.key(),
            Assembly.of(upload, r.multipartUpload(), buckets.blobs()),
            wall.instant(),
            new Preconditions(r.ifMatch(), r.ifNoneMatch(), null, null)::checkWrite);
    bucket.end(upload);
    return version;
  }

  private AbortMultipartUploadResponse abort(AbortMultipartUploadRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    bucket.end(upload);
    return AbortMultipartUploadResponse.builder().build();
  }
}
