package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** One bucket: its configurations, its objects with their versions, its uploads under way. */
final class Bucket {
  /** What a deletion did: the version that is gone, or the delete marker that is new. */
  record Deletion(
      @Nullable String versionId, boolean deleteMarker, boolean changed, String sequencer) {}

  private final String name;
  private final Instant created;
  private final Blobs blobs;

  /** Keys in UTF-8 order; of each key the versions, newest first, never none. */
  private final NavigableMap<String, List<ObjectVersion>> objects = new TreeMap<>(UTF_8_ORDER);

  private final ConcurrentMap<String, MultipartUpload> uploads = new ConcurrentHashMap<>();
  private final ConcurrentMap<Class<?>, SdkPojo> configurations = new ConcurrentHashMap<>();
  private volatile @Nullable BucketVersioningStatus versioning;
  private volatile @Nullable String policy;
  private boolean deleted;

  /** Code point order is the order of the bytes in UTF-8. */
  static final Comparator<String> UTF_8_ORDER =
      (a, b) -> {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
      };

  Bucket(String name, Instant created, Blobs blobs) {
    this.name = name;
    this.created = created;
    this.blobs = blobs;
  }

  String name() {
    return name;
  }

  Instant created() {
    return created;
  }

  @Nullable BucketVersioningStatus versioning() {
    return versioning;
  }

  void versioning(BucketVersioningStatus status) {
    versioning = status;
  }

  @Nullable String policy() {
    return policy;
  }

  void policy(@Nullable String document) {
    policy = document;
  }

  /** A configuration by its shape's class. */
  <T extends SdkPojo> Optional<T> configuration(Class<T> type) {
    return Optional.ofNullable(type.cast(configurations.get(type)));
  }

  void configure(SdkPojo configuration) {
    configurations.put(configuration.getClass(), configuration);
  }

  void unconfigure(Class<? extends SdkPojo> type) {
    configurations.remove(type);
  }

  /** The uploads under way by their ids. */
  Map<String, MultipartUpload> uploads() {
    return Collections.unmodifiableMap(uploads);
  }

  /**
   * Begins an upload in parts.
   *
   * @throws AwsError NoSuchBucket when the bucket was deleted meanwhile
   */
  synchronized void begin(MultipartUpload upload) {
    requireExists();
    uploads.put(upload.id(), upload);
  }

  /**
   * Ends an upload and frees its parts.
   *
   * @throws AwsError NoSuchUpload when it has ended before
   */
  void end(MultipartUpload upload) {
    List<UploadedPart> parts = upload.parts().end();
    uploads.remove(upload.id());
    parts.forEach(each -> blobs.delete(each.blob()));
  }

  private void requireExists() {
    if (deleted) {
      throw Buckets.missing(name);
    }
  }

  /**
   * Stores an object as the newest version of its key. Its blob is the bucket's from here on: it is
   * freed when the object is refused.
   *
   * @param precondition sees the current version, or null, and throws when it will not do
   * @throws AwsError NoSuchBucket when the bucket was deleted meanwhile
   */
  synchronized ObjectVersion put(
      String key,
      StoredObject object,
      Instant now,
      Consumer<@Nullable ObjectVersion> precondition) {
    try {
      requireExists();
      precondition.accept(current(key));
    } catch (AwsError e) {
      blobs.delete(object.blob());
      throw e;
    }
    ObjectVersion version = new ObjectVersion(key, newVersionId(), now, object, Sequencer.next());
    add(version);
    return version;
  }

  private String newVersionId() {
    return versioning == BucketVersioningStatus.ENABLED ? VersionIds.next() : ObjectVersion.NULL;
  }

  /** A version whose id is null takes the place of the one with that id. */
  private void add(ObjectVersion version) {
    List<ObjectVersion> versions =
        objects.computeIfAbsent(version.key(), each -> new ArrayList<>());
    if (version.id().equals(ObjectVersion.NULL)) {
      versions.stream()
          .filter(each -> each.id().equals(ObjectVersion.NULL))
          .findFirst()
          .ifPresent(
              old -> {
                versions.remove(old);
                free(old);
              });
    }
    versions.add(0, version);
  }

  private void free(ObjectVersion version) {
    if (version.object() != null) {
      blobs.delete(version.object().blob());
    }
  }

  /** The newest version, a delete marker too, or null. */
  private @Nullable ObjectVersion current(String key) {
    List<ObjectVersion> versions = objects.get(key);
    return versions == null ? null : versions.get(0);
  }

  static AwsError missing(String key) {
    return AwsError.notFound("NoSuchKey", "The specified key does not exist.").with("Key", key);
  }

  /**
   * Finds an object that is there.
   *
   * @param versionId null for the newest
   * @throws AwsError NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker
   */
  synchronized ObjectVersion get(String key, @Nullable String versionId) {
    if (versionId == null) {
      ObjectVersion current = current(key);
      if (current == null || current.isDeleteMarker()) {
        AwsError missing = missing(key);
        throw current == null
            ? missing
            : missing
                .withHeader("x-amz-delete-marker", "true")
                .withHeader("x-amz-version-id", current.id());
      }
      return current;
    }
    ObjectVersion version = find(key, versionId);
    if (version == null) {
      throw AwsError.notFound("NoSuchVersion", "The specified version does not exist.")
          .with("Key", key)
          .with("VersionId", versionId);
    }
    if (version.isDeleteMarker()) {
      throw AwsError.of(
              "MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
          .withHeader("x-amz-delete-marker", "true")
          .withHeader("x-amz-version-id", version.id());
    }
    return version;
  }

  /**
   * Opens an object that is there, found as {@link #get} does. It is found and opened in one step:
   * an overwrite in between would take the bytes away.
   *
   * @throws AwsError as {@link #get}
   */
  synchronized OpenObject open(String key, @Nullable String versionId) throws IOException {
    ObjectVersion version = get(key, versionId);
    StoredObject object = Objects.requireNonNull(version.object(), "a delete marker");
    return new OpenObject(version, object, Blobs.open(object.blob()));
  }

  private @Nullable ObjectVersion find(String key, String versionId) {
    return objects.getOrDefault(key, List.of()).stream()
        .filter(each -> each.id().equals(versionId))
        .findFirst()
        .orElse(null);
  }

  /** Replaces a version by one with other tags. */
  synchronized void retag(ObjectVersion version, Map<String, String> tags) {
    List<ObjectVersion> versions = objects.getOrDefault(version.key(), List.of());
    int index = versions.indexOf(version);
    if (index >= 0 && version.object() != null) {
      versions.set(
          index,
          new ObjectVersion(
              version.key(),
              version.id(),
              version.lastModified(),
              version.object().withTags(tags),
              version.sequencer()));
    }
  }

  /**
   * Deletes a version for good, or without a version id hides the key as the bucket's versioning
   * has it. What is not there is deleted.
   */
  synchronized Deletion delete(String key, @Nullable String versionId, Instant now) {
    requireExists();
    String sequencer = Sequencer.next();
    if (versionId != null) {
      ObjectVersion version = find(key, versionId);
      if (version != null) {
        remove(version);
      }
      boolean marker = version != null && version.isDeleteMarker();
      return new Deletion(versionId, marker, version != null, sequencer);
    }
    if (versioning == null) {
      ObjectVersion version = find(key, ObjectVersion.NULL);
      if (version != null) {
        remove(version);
      }
      return new Deletion(null, false, version != null, sequencer);
    }
    ObjectVersion marker = new ObjectVersion(key, newVersionId(), now, null, sequencer);
    add(marker);
    return new Deletion(marker.id(), true, true, sequencer);
  }

  private void remove(ObjectVersion version) {
    List<ObjectVersion> versions = objects.get(version.key());
    if (versions != null && versions.remove(version)) {
      free(version);
      if (versions.isEmpty()) {
        objects.remove(version.key());
      }
    }
  }

  /** The newest versions that are not delete markers, in the order of their keys. */
  synchronized List<ObjectVersion> currentObjects() {
    return objects.values().stream()
        .map(versions -> versions.get(0))
        .filter(version -> !version.isDeleteMarker())
        .toList();
  }

  /** All versions and delete markers in the order of their keys, newest first. */
  synchronized List<ObjectVersion> allVersions() {
    return objects.values().stream().flatMap(Collection::stream).toList();
  }

  synchronized boolean isLatest(ObjectVersion version) {
    return version.equals(current(version.key()));
  }

  /**
   * Takes nothing more from now on, and frees the uploads under way.
   *
   * @throws AwsError BucketNotEmpty; NoSuchBucket when it was deleted before
   */
  void delete() {
    synchronized (this) {
      requireExists();
      if (!objects.isEmpty()) {
        throw AwsError.of("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
      }
      deleted = true;
    }
    for (MultipartUpload upload : uploads.values()) {
      try {
        end(upload);
      } catch (AwsError e) {
        // It was completed or aborted just now, and whoever did that has freed its parts.
      }
    }
  }
}
