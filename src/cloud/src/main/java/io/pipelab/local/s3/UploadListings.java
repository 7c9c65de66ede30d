package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** ListParts and ListMultipartUploads. */
final class UploadListings {
  private static final int MOST = 1000;

  private final CloudIdentity identity;
  private final Buckets buckets;

  UploadListings(CloudIdentity identity, Buckets buckets) {
    this.identity = identity;
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(ListPartsRequest.class, this::listParts)
        .on(ListMultipartUploadsRequest.class, this::list);
  }

  private ListPartsResponse listParts(ListPartsRequest r) {
    MultipartUpload upload = UploadActions.find(buckets.get(r.bucket()), r.key(), r.uploadId());
    int after = r.partNumberMarker() == null ? 0 : r.partNumberMarker();
    int most = ListActions.most(r.maxParts(), "max-parts");
    List<UploadedPart> rest = upload.parts().after(after);
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
        .parts(page.stream().map(UploadListings::part).toList())
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
