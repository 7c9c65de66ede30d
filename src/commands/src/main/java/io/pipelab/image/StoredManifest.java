package io.pipelab.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/**
 * The manifest of an image as its repository holds it.
 *
 * @param configDigest the image's configuration, which names its platform; empty for an index
 */
record StoredManifest(String digest, String configDigest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Indexes too, so that one is seen for what it is. */
  private static final List<String> MEDIA_TYPES =
      List.of(
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.index.v1+json");

  /** The image with a tag; null when there is none, or when it is an index. */
  static @Nullable StoredManifest find(EcrClient ecr, String repository, String tag) {
    StoredManifest found = get(ecr, repository, ImageIdentifier.builder().imageTag(tag).build());
    return found == null || found.configDigest().isEmpty() ? null : found;
  }

  /**
   * Looks whether the repository holds what was pushed.
   *
   * @param configDigest the configuration that was built, for linux/amd64
   * @throws Failure when it holds nothing, an index, or something else
   */
  static void require(EcrClient ecr, String repository, String digest, String configDigest) {
    StoredManifest stored =
        get(ecr, repository, ImageIdentifier.builder().imageDigest(digest).build());
    String why =
        stored == null
            ? "it does not hold " + digest
            : stored.configDigest().isEmpty()
                ? digest + " is an index of several manifests"
                : stored.configDigest().equals(configDigest)
                    ? ""
                    : digest + " is another image than the one that was built";
    if (!why.isEmpty()) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "the repository " + repository + " does not hold what was pushed to it",
          why,
          "push again: 'pipelab push-image'");
    }
  }

  private static @Nullable StoredManifest get(
      EcrClient ecr, String repository, ImageIdentifier id) {
    BatchGetImageResponse response =
        ecr.batchGetImage(
            request ->
                request.repositoryName(repository).imageIds(id).acceptedMediaTypes(MEDIA_TYPES));
    if (response.images().isEmpty()) {
      return null;
    }
    Image image = response.images().get(0);
    try {
      String text = image.imageManifest();
      JsonNode manifest = JSON.readTree(text == null ? "" : text);
      ImageIdentifier stored = image.imageId();
      return new StoredManifest(
          stored == null || stored.imageDigest() == null ? "" : stored.imageDigest(),
          manifest.path("config").path("digest").asText(""));
    } catch (JsonProcessingException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "the repository " + repository + " answered with a manifest that is not valid JSON",
          e.getOriginalMessage(),
          "is an AWS-compatible service behind the endpoint?",
          e);
    }
  }
}
