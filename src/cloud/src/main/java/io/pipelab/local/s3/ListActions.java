package io.pipelab.local.s3;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The actions that list objects and versions. */
final class ListActions {
  private static final int MOST = 1000;

  private final CloudIdentity identity;
  private final Buckets buckets;

  ListActions(CloudIdentity identity, Buckets buckets) {
    this.identity = identity;
    this.buckets = buckets;
  }

  void addTo(Actions actions) {
    actions
        .on(ListObjectsRequest.class, this::list)
        .on(ListObjectsV2Request.class, this::listV2)
        .on(ListObjectVersionsRequest.class, this::versions);
  }

  private ListObjectsResponse list(ListObjectsRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    Page.Query query = Page.Query.of(r.prefix(), r.delimiter());
    String after = r.marker() == null ? "" : r.marker();
    int most = most(r.maxKeys(), "maxKeys");
    Page<ObjectVersion> page =
        Page.of(bucket.currentObjects(), ObjectVersion::key, query, after, most);
    Encoding names = new Encoding(r.encodingTypeAsString());
    boolean withMarker = page.truncated() && !query.delimiter().isEmpty();
    return ListObjectsResponse.builder()
        .name(bucket.name())
        .prefix(names.of(query.prefix()))
        .marker(names.of(after))
        .delimiter(names.of(r.delimiter()))
        .maxKeys(most)
        .encodingType(r.encodingType())
        .isTruncated(page.truncated())
        .nextMarker(withMarker ? names.of(page.last()) : null)
        .contents(page.entries().stream().map(each -> object(each, names, true)).toList())
        .commonPrefixes(prefixes(page, names))
        .build();
  }

  private ListObjectsV2Response listV2(ListObjectsV2Request r) {
    Bucket bucket = buckets.get(r.bucket());
    Page.Query query = Page.Query.of(r.prefix(), r.delimiter());
    String start = r.startAfter() == null ? "" : r.startAfter();
    String after = r.continuationToken() == null ? start : key(r.continuationToken());
    int most = most(r.maxKeys(), "maxKeys");
    Page<ObjectVersion> page =
        Page.of(bucket.currentObjects(), ObjectVersion::key, query, after, most);
    Encoding names = new Encoding(r.encodingTypeAsString());
    boolean owner = Boolean.TRUE.equals(r.fetchOwner());
    return ListObjectsV2Response.builder()
        .name(bucket.name())
        .prefix(names.of(query.prefix()))
        .delimiter(names.of(r.delimiter()))
        .startAfter(names.of(r.startAfter()))
        .maxKeys(most)
        .encodingType(r.encodingType())
        .keyCount(page.entries().size() + page.commonPrefixes().size())
        .isTruncated(page.truncated())
        .continuationToken(r.continuationToken())
        .nextContinuationToken(page.last() == null ? null : token(page.last()))
        .contents(page.entries().stream().map(each -> object(each, names, owner)).toList())
        .commonPrefixes(prefixes(page, names))
        .build();
  }

  private ListObjectVersionsResponse versions(ListObjectVersionsRequest r) {
    Bucket bucket = buckets.get(r.bucket());
    Page.Query query = Page.Query.of(r.prefix(), r.delimiter());
    int most = most(r.maxKeys(), "maxKeys");
    String keyMarker = r.keyMarker() == null ? "" : r.keyMarker();
    List<ObjectVersion> all = behind(bucket.allVersions(), keyMarker, r.versionIdMarker());
    String after = r.versionIdMarker() == null ? keyMarker : "";
    Page<ObjectVersion> page = Page.of(all, ObjectVersion::key, query, after, most);
    Encoding names = new Encoding(r.encodingTypeAsString());
    ListObjectVersionsResponse.Builder response =
        ListObjectVersionsResponse.builder()
            .name(bucket.name())
            .prefix(names.of(query.prefix()))
            .delimiter(names.of(r.delimiter()))
            .keyMarker(names.of(keyMarker))
            .versionIdMarker(r.versionIdMarker())
            .maxKeys(most)
            .encodingType(r.encodingType())
            .isTruncated(page.truncated())
            .versions(versionEntries(bucket, page, names))
            .deleteMarkers(markerEntries(bucket, page, names))
            .commonPrefixes(prefixes(page, names));
    if (page.last() != null) {
      response.nextKeyMarker(names.of(page.last()));
      ObjectVersion last =
          page.entries().isEmpty() ? null : page.entries().get(page.entries().size() - 1);
      if (last != null && last.key().equals(page.last())) {
        response.nextVersionIdMarker(last.id());
      }
    }
    return response.build();
  }

  /** What comes behind one version of a key. */
  private static List<ObjectVersion> behind(
      List<ObjectVersion> all, String key, @Nullable String versionId) {
    if (versionId == null) {
      return all;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().equals(key) && all.get(i).id().equals(versionId)) {
        return all.subList(i + 1, all.size());
      }
    }
    throw AwsError.badRequest("InvalidArgument", "Invalid version id specified");
  }

  private List<software.amazon.awssdk.services.s3.model.ObjectVersion> versionEntries(
      Bucket bucket, Page<ObjectVersion> page, Encoding names) {
    List<software.amazon.awssdk.services.s3.model.ObjectVersion> entries = new ArrayList<>();
    for (ObjectVersion version : page.entries()) {
      StoredObject object = version.object();
      if (object != null) {
        entries.add(
            software.amazon.awssdk.services.s3.model.ObjectVersion.builder()
                .key(names.of(version.key()))
                .versionId(version.id())
                .isLatest(bucket.isLatest(version))
                .lastModified(version.lastModified())
                .eTag(object.quotedEtag())
                .size(object.size())
                .storageClass(object.headers().storageClass())
                .owner(each -> each.id(OwnerId.of(identity)))
                .build());
      }
    }
    return entries;
  }

  private List<DeleteMarkerEntry> markerEntries(
      Bucket bucket, Page<ObjectVersion> page, Encoding names) {
    return page.entries().stream()
        .filter(ObjectVersion::isDeleteMarker)
        .map(
            version ->
                DeleteMarkerEntry.builder()
                    .key(names.of(version.key()))
                    .versionId(version.id())
                    .isLatest(bucket.isLatest(version))
                    .lastModified(version.lastModified())
                    .owner(each -> each.id(OwnerId.of(identity)))
                    .build())
        .toList();
  }

  private S3Object object(ObjectVersion version, Encoding names, boolean withOwner) {
    S3Object.Builder entry =
        S3Object.builder().key(names.of(version.key())).lastModified(version.lastModified());
    StoredObject object = version.object();
    if (object != null) {
      entry.eTag(object.quotedEtag()).size(object.size());
      entry.storageClass(object.headers().storageClass());
      ObjectChecksum checksum = object.checksum();
      if (checksum != null) {
        entry.checksumAlgorithm(checksum.algorithm()).checksumType(checksum.type());
      }
    }
    if (withOwner) {
      entry.owner(each -> each.id(OwnerId.of(identity)));
    }
    return entry.build();
  }

  private static List<CommonPrefix> prefixes(Page<?> page, Encoding names) {
    return page.commonPrefixes().stream()
        .map(each -> CommonPrefix.builder().prefix(names.of(each)).build())
        .toList();
  }

  /**
   * The size of a page, at most 1000.
   *
   * @throws AwsError InvalidArgument when it is negative
   */
  static int most(@Nullable Integer asked, String argument) {
    if (asked != null && asked < 0) {
      throw AwsError.badRequest(
              "InvalidArgument",
              "Argument " + argument + " must be an integer between 0 and 2147483647")
          .with("ArgumentName", argument)
          .with("ArgumentValue", Integer.toString(asked));
    }
    return asked == null ? MOST : Math.min(asked, MOST);
  }

  /** What tells a token from any other text. */
  private static final String OURS = "after:";

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString((OURS + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String key(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(OURS)) {
        return text.substring(OURS.length());
      }
    } catch (IllegalArgumentException e) {
      throw badToken();
    }
    throw badToken();
  }

  private static AwsError badToken() {
    return AwsError.badRequest("InvalidArgument", "The continuation token provided is incorrect")
        .with("ArgumentName", "continuation-token");
  }
}
