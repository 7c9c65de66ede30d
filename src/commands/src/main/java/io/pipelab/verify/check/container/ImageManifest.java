package io.pipelab.verify.check.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.Lab;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/**
 * A repository holds an image, as one manifest and no index: Lambda and Fargate run one platform,
 * and a tag that means several is refused or surprises.
 *
 * @param digest {@code sha256:...}, or the tag of an image that is not named by its digest
 * @param platform {@code linux/amd64}
 */
public record ImageManifest(String repository, String digest, String platform) implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> MANIFESTS =
      List.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");
  private static final List<String> INDEXES =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");

  public static final CheckType TYPE =
      CheckType.named("image-manifest")
          .needs("repository", "image", "platform")
          .madeBy(
              settings ->
                  new ImageManifest(
                      settings.text("repository"),
                      digestOf(settings.text("image")),
                      settings.text("platform")));

  /**
   * Of an image by digest, {@code URI@sha256:...}, the digest alone, or by tag, {@code URI:tag}.
   */
  private static String digestOf(String image) {
    int digest = image.indexOf('@') + 1;
    int tag = image.lastIndexOf(':') + 1;
    boolean tagged = digest == 0 && tag > image.lastIndexOf('/') && !image.startsWith("sha256:");
    return image.substring(tagged ? tag : digest);
  }

  private ImageIdentifier id() {
    return digest.contains(":")
        ? ImageIdentifier.builder().imageDigest(digest).build()
        : ImageIdentifier.builder().imageTag(digest).build();
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "one " + platform + " manifest " + shortened(digest) + " in " + repository);
    if ((":" + digest).endsWith(Lab.ImageSpec.NO_REGISTRY)) {
      return claim.unsupported("it has no registry, so no image was pushed");
    }
    BatchGetImageResponse response;
    try {
      response =
          scope
              .clients()
              .ecr()
              .batchGetImage(
                  get ->
                      get.repositoryName(repository)
                          .imageIds(id())
                          .acceptedMediaTypes(
                              Stream.of(MANIFESTS, INDEXES).flatMap(List::stream).toList()));
    } catch (RepositoryNotFoundException e) {
      return claim.lacks("there is no repository " + repository);
    }
    if (response.images().isEmpty()) {
      String why =
          response.failures().stream()
              .findFirst()
              .map(ImageFailure::failureReason)
              .orElse("no such image");
      return claim.lacks(repository + " does not hold it: " + why);
    }
    return judge(claim, scope, response.images().get(0).imageManifest());
  }

  private Observation judge(Claim claim, CheckScope scope, String manifest) {
    JsonNode json;
    try {
      json = JSON.readTree(manifest);
    } catch (JsonProcessingException e) {
      return claim.never("its manifest is not JSON");
    }
    String type = json.path("mediaType").asText("without media type");
    if (json.has("manifests") || INDEXES.contains(type)) {
      return claim.never("it is an index of " + json.path("manifests").size() + " manifests");
    }
    if (!json.has("config") || json.path("layers").isEmpty()) {
      return claim.never("it is not an image: " + type);
    }
    String config = json.path("config").path("digest").asText();
    String has = new RegistryBlobs(scope.clients().ecr()).platform(repository, config);
    String actual = "one " + has + " manifest with " + json.path("layers").size() + " layers";
    return has.equals(platform) ? claim.holds(actual) : claim.never(actual);
  }

  private static String shortened(String digest) {
    return digest.length() <= 19 ? digest : digest.substring(0, 19);
  }
}
