package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** The actions of multipart uploads that carry no part's bytes. */
final class UploadActions {
  private static final long SMALLEST_PART = 5L << 20;
  private static final int MOST = 1000;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Buckets buckets;
  private final EventSource events;

  UploadActions(CloudIdentity identity, CloudClock clock, Buckets buckets, EventSource events) {
    this.identity = identity;
    this.clock = clock;
    this.buckets = buckets;
    this.events = events;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateMultipartUploadRequest.class, this::create)
        .on(UploadPartCopyRequest.class, this::copyPart)
        .on(CompleteMultipartUploadRequest.class, this::complete)
        .on(AbortMultipartUploadRequest.class, this::abort)
        .on(ListPartsRequest.class, this::listParts)
        .on(ListMultipartUploadsRequest.class, this::list);
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
            clock.now(),
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
    UploadedPart part = new UploadedPart(number, blob, checksum, clock.now());
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
    List<UploadedPart> parts = chosen(upload, r.multipartUpload());
    StoredObject object = assemble(upload, parts);
    ObjectVersion version;
    try {
      version =
          bucket.put(
              r.key(),
              object,
              clock.now(),
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

  private static List<UploadedPart> chosen(
      MultipartUpload upload, @Nullable CompletedMultipartUpload listed) {
    if (listed == null || listed.parts().isEmpty()) {
      throw AwsError.badRequest(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    List<UploadedPart> parts = new ArrayList<>();
    int before = 0;
    for (CompletedPart each : listed.parts()) {
      if (each.partNumber() <= before) {
        throw AwsError.badRequest(
            "InvalidPartOrder", "The list of parts was not in ascending order.");
      }
      before = each.partNumber();
      UploadedPart part = upload.parts().get(each.partNumber());
      if (part == null || !part.blob().md5().equals(each.eTag().replace("\"", ""))) {
        throw AwsError.badRequest(
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");
      }
      parts.add(part);
    }
    for (UploadedPart part : parts.subList(0, parts.size() - 1)) {
      if (part.blob().size() < SMALLEST_PART) {
        throw AwsError.badRequest(
            "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      }
    }
    return parts;
  }

  private StoredObject assemble(MultipartUpload upload, List<UploadedPart> parts) {
    Digests digests = Digests.of(upload.algorithm());
    try {
      Blob blob = buckets.blobs().concat(parts.stream().map(UploadedPart::blob).toList(), digests);
      ObjectChecksum checksum =
          upload.checksumType() == ChecksumType.COMPOSITE
              ? composite(upload.algorithm(), parts)
              : new ObjectChecksum(
                  upload.algorithm(), digests.checksum(), ChecksumType.FULL_OBJECT);
      return new StoredObject(blob, etag(parts), upload.headers(), checksum, parts, upload.tags());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checksum of the parts' checksums. */
  private static ObjectChecksum composite(ChecksumAlgorithm algorithm, List<UploadedPart> parts) {
    Digests digests = Digests.of(algorithm);
    for (UploadedPart part : parts) {
      byte[] value = Base64.getDecoder().decode(part.checksum().value());
      digests.update(value, value.length);
    }
    return new ObjectChecksum(
        algorithm, digests.checksum() + "-" + parts.size(), ChecksumType.COMPOSITE);
  }

  /** The MD5 of the parts' MD5s, and their number. */
  private static String etag(List<UploadedPart> parts) {
    Digests digests = Digests.of(ChecksumAlgorithm.CRC32);
    for (UploadedPart part : parts) {
      byte[] md5 = java.util.HexFormat.of().parseHex(part.blob().md5());
      digests.update(md5, md5.length);
    }
    return digests.md5Hex() + "-" + parts.size();
  }

  private AbortMultipartUploadResponse abort(AbortMultipartUploadRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    MultipartUpload upload = find(bucket, r.key(), r.uploadId());
    bucket.uploads().remove(upload.id());
    upload.parts().values().forEach(bucket::discard);
    return AbortMultipartUploadResponse.builder().build();
  }

  private ListPartsResponse listParts(ListPartsRequest r) {
    MultipartUpload upload = find(buckets.get(r.bucket()), r.key(), r.uploadId());
    int after = r.partNumberMarker() == null ? 0 : r.partNumberMarker();
    int most = r.maxParts() == null ? MOST : Math.min(r.maxParts(), MOST);
    List<UploadedPart> rest = List.copyOf(upload.parts().tailMap(after, false).values());
    List<UploadedPart> page = rest.subList(0, Math.min(most, rest.size()));
    boolean more = rest.size() > page.size();
    return ListPartsResponse.builder()
        .bucket(r.bucket())
        .key(r.key())
        .uploadId(r.uploadId())
        .partNumberMarker(after)
        .nextPartNumberMarker(more ? page.get(page.size() - 1).number() : null)
        .maxParts(most)
        .isTruncated(more)
        .storageClass(upload.headers().storageClass())
        .owner(each -> each.id(OwnerId.of(identity)))
        .initiator(each -> each.id(OwnerId.of(identity)))
        .parts(page.stream().map(UploadActions::part).toList())
        .build();
  }

  private static Part part(UploadedPart part) {
    return Part.builder()
        .partNumber(part.number())
        .size(part.blob().size())
        .eTag(part.quotedEtag())
        .lastModified(part.lastModified())
        .build();
  }

  private ListMultipartUploadsResponse list(ListMultipartUploadsRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    String prefix = r.prefix() == null ? "" : r.prefix();
    if (r.delimiter() != null) {
      throw AwsError.notImplemented("s3:ListMultipartUploads with a delimiter");
    }
    List<MultipartUpload> found =
        bucket.uploads().values().stream()
            .filter(each -> each.key().startsWith(prefix))
            .sorted(
                Comparator.comparing(MultipartUpload::key, Bucket.UTF_8_ORDER)
                    .thenComparing(MultipartUpload::initiated))
            .toList();
    Encoding names = new Encoding(r.encodingTypeAsString());
    return ListMultipartUploadsResponse.builder()
        .bucket(r.bucket())
        .prefix(names.of(prefix))
        .encodingType(r.encodingType())
        .maxUploads(MOST)
        .isTruncated(false)
        .uploads(found.stream().map(each -> upload(each, names)).toList())
        .build();
  }

  private software.amazon.awssdk.services.s3.model.MultipartUpload upload(
      MultipartUpload upload, Encoding names) {
    return software.amazon.awssdk.services.s3.model.MultipartUpload.builder()
        .key(names.of(upload.key()))
        .uploadId(upload.id())
        .initiated(upload.initiated())
        .storageClass(upload.headers().storageClass())
        .owner(each -> each.id(OwnerId.of(identity)))
        .initiator(each -> each.id(OwnerId.of(identity)))
        .build();
  }
}
