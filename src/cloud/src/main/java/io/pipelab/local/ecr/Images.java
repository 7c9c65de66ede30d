package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** The images of all repositories, and the tags that point at them. */
final class Images {
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}");

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Repositories repositories;
  private final BlobStore blobs;
  private final Map<String, Contents> byRepository = new HashMap<>();

  /** What one repository holds. */
  private static final class Contents {
    /** By digest, in the order in which they were pushed. */
    private final Map<String, StoredImage> images = new LinkedHashMap<>();

    /** Tag to digest. */
    private final Map<String, String> tags = new TreeMap<>();

    private final Map<String, Instant> pulls = new HashMap<>();
  }

  /**
   * What a push changed.
   *
   * @param changed false when the image with that tag was there already
   */
  record Put(StoredImage image, boolean changed) {}

  Images(CloudIdentity identity, CloudClock clock, Repositories repositories, BlobStore blobs) {
    this.identity = identity;
    this.clock = clock;
    this.repositories = repositories;
    this.blobs = blobs;
  }

  /**
   * Stores a manifest, and lets a tag point at it.
   *
   * @throws AwsError RepositoryNotFoundException, LayersNotFoundException,
   *     ReferencedImagesNotFoundException, ImageTagAlreadyExistsException when the repository's
   *     tags are immutable, InvalidParameterException
   */
  synchronized Put put(
      String repository, byte[] bytes, @Nullable String mediaType, @Nullable String tag) {
    Repository settings = repositories.get(repository);
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw EcrErrors.invalid("imageTag", TAG.pattern());
    }
    Manifest manifest = Manifest.parse(bytes, mediaType);
    String digest = Digests.of(bytes);
    requireParts(repository, manifest);
    Contents contents = byRepository.computeIfAbsent(repository, ignored -> new Contents());
    String tagged = tag == null ? null : contents.tags.get(tag);
    if (tagged != null
        && !tagged.equals(digest)
        && settings.mutability() == ImageTagMutability.IMMUTABLE) {
      throw EcrErrors.tagImmutable(String.valueOf(tag), repository);
    }
    StoredImage there = contents.images.get(digest);
    boolean changed = there == null || (tag != null && !digest.equals(tagged));
    StoredImage image =
        there == null ? new StoredImage(digest, bytes.clone(), manifest, clock.now()) : there;
    contents.images.put(digest, image);
    if (tag != null) {
      contents.tags.put(tag, digest);
    }
    return new Put(image, changed);
  }

  private void requireParts(String repository, Manifest manifest) {
    List<String> missing = new ArrayList<>();
    for (String digest : manifest.blobs()) {
      if (!blobs.has(repository, digest)) {
        missing.add(digest);
      }
    }
    if (!missing.isEmpty()) {
      throw AwsError.badRequest(
          "LayersNotFoundException",
          "The layers with digests '"
              + missing
              + "' required for pushing image into repository with name '"
              + repository
              + "' in the registry with id '"
              + identity.account()
              + "' do not exist");
    }
    for (Manifest.Descriptor child : manifest.children()) {
      if (find(repository, child.digest(), null) == null) {
        throw AwsError.badRequest(
            "ReferencedImagesNotFoundException",
            "Images with digests '["
                + child.digest()
                + "]' required for pushing image into repository with name '"
                + repository
                + "' in the registry with id '"
                + identity.account()
                + "' do not exist");
      }
    }
  }

  /** The image by digest, by tag, or by both when they agree; null when there is none. */
  synchronized @Nullable StoredImage find(
      String repository, @Nullable String digest, @Nullable String tag) {
    Contents contents = byRepository.get(repository);
    if (contents == null) {
      return null;
    }
    String tagged = tag == null ? null : contents.tags.get(tag);
    String wanted = digest == null ? tagged : digest;
    if (wanted == null || (tag != null && !wanted.equals(tagged))) {
      return null;
    }
    return contents.images.get(wanted);
  }

  /**
   * Finds an image that must be there, and remembers that it was pulled.
   *
   * @throws AwsError RepositoryNotFoundException, ImageNotFoundException
   */
  synchronized StoredImage pull(String repository, String reference) {
    repositories.get(repository);
    boolean byDigest = reference.contains(":");
    StoredImage image =
        byDigest ? find(repository, reference, null) : find(repository, null, reference);
    if (image == null) {
      throw EcrErrors.imageNotFound(
          byDigest ? reference : null, byDigest ? null : reference, repository, identity.account());
    }
    contents(repository).pulls.put(image.digest(), clock.now());
    return image;
  }

  /** The repository's images, oldest push first. */
  synchronized List<StoredImage> list(String repository) {
    return List.copyOf(contents(repository).images.values());
  }

  /** The tags of an image, sorted. */
  synchronized List<String> tags(String repository, String digest) {
    List<String> tags = new ArrayList<>();
    contents(repository)
        .tags
        .forEach(
            (tag, tagged) -> {
              if (tagged.equals(digest)) {
                tags.add(tag);
              }
            });
    return tags;
  }

  /** All tags of a repository, sorted. */
  synchronized List<String> tags(String repository) {
    return List.copyOf(contents(repository).tags.keySet());
  }

  synchronized @Nullable Instant lastPull(String repository, String digest) {
    return contents(repository).pulls.get(digest);
  }

  /** Whether an index of the repository refers to the image. */
  synchronized boolean isReferenced(String repository, String digest) {
    return contents(repository).images.values().stream()
        .flatMap(image -> image.manifest().children().stream())
        .anyMatch(child -> child.digest().equals(digest));
  }

  /** Takes one tag away; an image that has no other tag goes with it, as in ECR. */
  synchronized void deleteTag(String repository, String tag) {
    Contents contents = contents(repository);
    String digest = contents.tags.remove(tag);
    if (digest != null && !contents.tags.containsValue(digest)) {
      delete(repository, digest);
    }
  }

  /** Deletes an image, its tags, and the blobs that no other image of the repository needs. */
  synchronized void delete(String repository, String digest) {
    Contents contents = contents(repository);
    StoredImage image = contents.images.remove(digest);
    contents.tags.values().removeIf(digest::equals);
    contents.pulls.remove(digest);
    if (image == null) {
      return;
    }
    Set<String> needed = new HashSet<>();
    contents.images.values().forEach(other -> needed.addAll(other.manifest().blobs()));
    for (String blob : image.manifest().blobs()) {
      if (!needed.contains(blob)) {
        blobs.release(repository, blob);
      }
    }
  }

  /**
   * Deletes a repository with all that is in it.
   *
   * @throws AwsError RepositoryNotFoundException, or RepositoryNotEmptyException unless forced
   */
  synchronized Repository deleteRepository(String repository, boolean force) {
    repositories.get(repository);
    if (!force && !contents(repository).images.isEmpty()) {
      throw EcrErrors.repositoryNotEmpty(repository, identity.account());
    }
    byRepository.remove(repository);
    blobs.releaseAll(repository);
    return repositories.remove(repository);
  }

  private Contents contents(String repository) {
    return byRepository.getOrDefault(repository, new Contents());
  }
}
