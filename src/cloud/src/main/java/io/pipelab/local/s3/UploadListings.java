package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** ListParts and ListMultipartUploads. */
final class UploadListings {
  private static final Comparator<MultipartUpload> ORDER =
      Comparator.comparing(MultipartUpload::key, Bucket.UTF_8_ORDER)
          .thenComparing(MultipartUpload::initiated)
          .thenComparing(MultipartUpload::id);

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
    ListActions.most(r.partNumberMarker(), "part-number-marker");
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
    int most = ListActions.most(r.maxUploads(), "max-uploads");
    List<MultipartUpload> ordered =
        bucket.uploads().values().stream()
            .filter(each -> each.key().startsWith(prefix))
            .sorted(ORDER)
            .toList();
    List<MultipartUpload> rest = behind(ordered, r.keyMarker(), r.uploadIdMarker());
    List<MultipartUpload> page = rest.subList(0, Math.min(most, rest.size()));
    boolean more = rest.size() > page.size() && most > 0;
    MultipartUpload last = more ? page.get(page.size() - 1) : null;
    Encoding names = new Encoding(r.encodingTypeAsString());
    return ListMultipartUploadsResponse.builder()
        .bucket(r.bucket())
        .prefix(names.of(prefix))
        .encodingType(r.encodingType())
        .keyMarker(r.keyMarker() == null ? "" : names.of(r.keyMarker()))
        .uploadIdMarker(r.uploadIdMarker() == null ? "" : r.uploadIdMarker())
        .nextKeyMarker(last == null ? null : names.of(last.key()))
        .nextUploadIdMarker(last == null ? null : last.id())
        .maxUploads(most)
        .isTruncated(more)
        .uploads(page.stream().map(each -> upload(each, names)).toList())
        .build();
  }

  /** What comes behind a key, or behind one of its uploads; an id without a key says nothing. */
  private static List<MultipartUpload> behind(
      List<MultipartUpload> ordered, @Nullable String key, @Nullable String id) {
    if (key == null || key.isEmpty()) {
      return ordered;
    }
    List<MultipartUpload> rest = new ArrayList<>();
    boolean within = false;
    for (MultipartUpload each : ordered) {
      int order = Bucket.UTF_8_ORDER.compare(each.key(), key);
      if (order > 0 || within && order == 0) {
        rest.add(each);
      }
      within |= order == 0 && each.id().equals(id);
    }
    return rest;
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
