package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectPart;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** The actions on objects that carry no object's bytes. */
final class ObjectActions {
  private final Clock wall;
  private final Buckets buckets;
  private final EventSource events;

  ObjectActions(Clock wall, Buckets buckets, EventSource events) {
    this.wall = wall;
    this.buckets = buckets;
    this.events = events;
  }

  void addTo(Actions actions) {
    actions
        .on(DeleteObjectRequest.class, this::delete)
        .on(DeleteObjectsRequest.class, this::deleteAll)
        .on(CopyObjectRequest.class, this::copy)
        .on(GetObjectTaggingRequest.class, this::tagging)
        .on(PutObjectTaggingRequest.class, this::putTagging)
        .on(DeleteObjectTaggingRequest.class, this::deleteTagging)
        .on(GetObjectAttributesRequest.class, this::attributes);
  }

  private DeleteObjectResponse delete(DeleteObjectRequest request, Caller caller) {
    Bucket bucket = buckets.get(request.bucket());
    Bucket.Deletion done = delete(bucket, request.key(), request.versionId(), caller);
    return DeleteObjectResponse.builder()
        .versionId(done.versionId())
        .deleteMarker(done.deleteMarker() ? true : null)
        .build();
  }

  private Bucket.Deletion delete(
      Bucket bucket, String key, @Nullable String versionId, Caller caller) {
    Bucket.Deletion done = bucket.delete(key, versionId, wall.instant());
    if (done.changed()) {
      boolean hidden = versionId == null && done.deleteMarker();
      String id = done.versionId() == null ? ObjectVersion.NULL : done.versionId();
      events.emit(
          hidden ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
          bucket,
          new ObjectVersion(key, id, wall.instant(), null, done.sequencer()),
          caller);
    }
    return done;
  }

  private DeleteObjectsResponse deleteAll(DeleteObjectsRequest request, Caller caller) {
    Bucket bucket = buckets.get(request.bucket());
    Delete delete = request.delete();
    if (delete == null || delete.objects().isEmpty() || delete.objects().size() > 1000) {
      throw AwsError.badRequest(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    List<DeletedObject> deleted = new ArrayList<>();
    for (ObjectIdentifier each : delete.objects()) {
      Bucket.Deletion done = delete(bucket, each.key(), each.versionId(), caller);
      deleted.add(
          DeletedObject.builder()
              .key(each.key())
              .versionId(each.versionId())
              .deleteMarker(done.deleteMarker() ? true : null)
              .deleteMarkerVersionId(done.deleteMarker() ? done.versionId() : null)
              .build());
    }
    boolean quiet = Boolean.TRUE.equals(delete.quiet());
    return DeleteObjectsResponse.builder().deleted(quiet ? List.of() : deleted).build();
  }

  private CopyObjectResponse copy(CopyObjectRequest r, Caller caller) throws UncheckedIOException {
    WriteOptions.check(r);
    CopySource from = CopySource.of(r.copySource());
    Bucket bucket = buckets.get(r.bucket());
    boolean replace = r.metadataDirective() == MetadataDirective.REPLACE;
    boolean onItself = from.bucket().equals(r.bucket()) && from.key().equals(r.key());
    try (OpenObject source = buckets.get(from.bucket()).open(from.key(), from.versionId())) {
      new Preconditions(
              r.copySourceIfMatch(),
              r.copySourceIfNoneMatch(),
              r.copySourceIfModifiedSince(),
              r.copySourceIfUnmodifiedSince())
          .checkCopy(source.version(), source.object());
      ObjectReads.requireRestored(source.object());
      boolean same = !replace && r.storageClass() == null && r.websiteRedirectLocation() == null;
      if (onItself && same && from.versionId() == null) {
        throw AwsError.badRequest(
            "InvalidRequest",
            "This copy request is illegal because it is trying to copy an object to itself without"
                + " changing the object's metadata, storage class, website redirect location or"
                + " encryption attributes.");
      }
      StoredObject copy = duplicate(source, r, replace);
      ObjectVersion stored = bucket.put(r.key(), copy, wall.instant(), current -> {});
      events.emit("ObjectCreated:Copy", bucket, stored, caller);
      return CopyObjectResponse.builder()
          .copyObjectResult(result(copy, stored))
          .copySourceVersionId(shown(source.version()))
          .versionId(shown(stored))
          .serverSideEncryption(ServerSideEncryption.AES256)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CopyObjectResult result(StoredObject copy, ObjectVersion stored) {
    ObjectChecksum checksum = Objects.requireNonNull(copy.checksum(), "copied with a checksum");
    return CopyObjectResult.builder()
        .eTag(copy.quotedEtag())
        .lastModified(stored.lastModified())
        .checksumType(checksum.type())
        .checksumCRC32(checksum.of(ChecksumAlgorithm.CRC32))
        .checksumCRC32C(checksum.of(ChecksumAlgorithm.CRC32_C))
        .checksumCRC64NVME(checksum.of(ChecksumAlgorithm.CRC64_NVME))
        .checksumSHA1(checksum.of(ChecksumAlgorithm.SHA1))
        .checksumSHA256(checksum.of(ChecksumAlgorithm.SHA256))
        .build();
  }

  private StoredObject duplicate(OpenObject open, CopyObjectRequest r, boolean replace)
      throws IOException {
    StoredObject source = open.object();
    ObjectHeaders headers =
        replace
            ? ObjectHeaders.of(r)
            : source.headers().ofCopy(r.websiteRedirectLocation(), r.storageClassAsString());
    Map<String, String> tags =
        r.taggingDirective() == TaggingDirective.REPLACE
            ? Tags.ofHeader(r.tagging())
            : source.tags();
    ObjectChecksum checksum = source.checksum();
    ChecksumAlgorithm kept = checksum == null ? ChecksumAlgorithm.CRC64_NVME : checksum.algorithm();
    ChecksumAlgorithm algorithm = r.checksumAlgorithm() == null ? kept : r.checksumAlgorithm();
    Digests digests = Digests.of(algorithm);
    Blob blob = buckets.blobs().store(open.bytes(), digests);
    ObjectChecksum whole =
        new ObjectChecksum(algorithm, digests.checksum(), ChecksumType.FULL_OBJECT);
    return new StoredObject(blob, blob.md5(), headers, whole, List.of(), tags);
  }

  private GetObjectTaggingResponse tagging(GetObjectTaggingRequest request) {
    ObjectVersion version = buckets.get(request.bucket()).get(request.key(), request.versionId());
    return GetObjectTaggingResponse.builder()
        .versionId(shown(version))
        .tagSet(Tags.list(object(version).tags()))
        .build();
  }

  private PutObjectTaggingResponse putTagging(PutObjectTaggingRequest request, Caller caller) {
    Bucket bucket = buckets.get(request.bucket());
    ObjectVersion version = bucket.get(request.key(), request.versionId());
    bucket.retag(version, Tags.ofObject(request.tagging().tagSet()));
    events.emit("ObjectTagging:Put", bucket, version, caller);
    return PutObjectTaggingResponse.builder().versionId(shown(version)).build();
  }

  private DeleteObjectTaggingResponse deleteTagging(
      DeleteObjectTaggingRequest request, Caller caller) {
    Bucket bucket = buckets.get(request.bucket());
    ObjectVersion version = bucket.get(request.key(), request.versionId());
    bucket.retag(version, Map.of());
    events.emit("ObjectTagging:Delete", bucket, version, caller);
    return DeleteObjectTaggingResponse.builder().versionId(shown(version)).build();
  }

  private GetObjectAttributesResponse attributes(GetObjectAttributesRequest request) {
    ObjectVersion version = buckets.get(request.bucket()).get(request.key(), request.versionId());
    StoredObject object = object(version);
    List<ObjectAttributes> wanted = request.objectAttributes();
    if (wanted.isEmpty()) {
      throw AwsError.badRequest(
              "InvalidArgument",
              "The x-amz-object-attributes header specifying the attributes to be retrieved is"
                  + " either missing or empty")
          .with("ArgumentName", "x-amz-object-attributes");
    }
    ObjectChecksum checksum = object.checksum();
    GetObjectAttributesResponse.Builder response =
        GetObjectAttributesResponse.builder()
            .lastModified(version.lastModified())
            .versionId(shown(version));
    if (wanted.contains(ObjectAttributes.E_TAG)) {
      response.eTag(object.etag());
    }
    if (wanted.contains(ObjectAttributes.CHECKSUM) && checksum != null) {
      response.checksum(checksum.shape());
    }
    if (wanted.contains(ObjectAttributes.OBJECT_SIZE)) {
      response.objectSize(object.size());
    }
    if (wanted.contains(ObjectAttributes.STORAGE_CLASS)) {
      response.storageClass(object.headers().storageClass());
    }
    if (wanted.contains(ObjectAttributes.OBJECT_PARTS) && !object.parts().isEmpty()) {
      response.objectParts(
          parts ->
              parts
                  .totalPartsCount(object.parts().size())
                  .isTruncated(false)
                  .parts(object.parts().stream().map(ObjectActions::part).toList()));
    }
    return response.build();
  }

  private static ObjectPart part(UploadedPart part) {
    return ObjectPart.builder().partNumber(part.number()).size(part.blob().size()).build();
  }

  private static StoredObject object(ObjectVersion version) {
    return Objects.requireNonNull(version.object(), "a delete marker");
  }

  /** The version id as responses show it: not at all where there are no versions. */
  static @Nullable String shown(ObjectVersion version) {
    return version.id().equals(ObjectVersion.NULL) ? null : version.id();
  }
}
