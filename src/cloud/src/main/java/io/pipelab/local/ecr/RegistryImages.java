package io.pipelab.local.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pulls images from the embedded registry for ECS and Lambda; there is no other registry. */
final class RegistryImages implements ContainerImages {
  private static final String PLATFORM = "linux/amd64";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudIdentity identity;
  private final Repositories repositories;
  private final Images images;
  private final BlobStore blobs;

  RegistryImages(
      CloudIdentity identity, Repositories repositories, Images images, BlobStore blobs) {
    this.identity = identity;
    this.repositories = repositories;
    this.images = images;
    this.blobs = blobs;
  }

  @Override
  public Image pull(String imageUri, Caller.@Nullable ServicePrincipal service) {
    ImageUri uri = ImageUri.parse(imageUri);
    if (!uri.isIn(identity)) {
      throw AwsError.notImplemented(
          "pulling from " + uri.host() + ": push the image to its own registry first");
    }
    if (service != null) {
      check(repositories.get(uri.repository()), service);
    }
    StoredImage pulled = images.pull(uri.repository(), uri.reference());
    Manifest manifest = platform(uri.repository(), pulled).manifest();
    List<Path> layers = new ArrayList<>();
    for (Manifest.Descriptor layer : manifest.layers()) {
      if (!layer.mediaType().endsWith("gzip")) {
        throw AwsError.badRequest(
            "UnsupportedImageTypeException",
            "pipelab's embedded cloud does not unpack layers of media type " + layer.mediaType());
      }
      layers.add(blobs.file(layer.digest()));
    }
    return new Image(
        pulled.digest(), pulled.manifest().mediaType(), config(manifest), List.copyOf(layers));
  }

  /**
   * A service needs no statement that lets it in: AWS's Lambda adds its own. Only a denial stands.
   */
  private void check(Repository repository, Caller.ServicePrincipal service) {
    String action = "ecr:BatchGetImage";
    String policy = repository.policy();
    if (policy != null
        && Policy.parse(policy)
                .decide(RequestContext.of(service, action, repository.arn(), identity))
            == Decision.DENY) {
      throw AwsError.accessDenied(
          "AccessDeniedException",
          service.service()
              + " is not authorized to perform: "
              + action
              + " on resource: "
              + repository.arn()
              + " with an explicit deny in a resource-based policy");
    }
  }

  /** The image itself, or the one that an index names for the platform. */
  private StoredImage platform(String repository, StoredImage pulled) {
    if (!pulled.manifest().isIndex()) {
      return pulled;
    }
    for (Manifest.Descriptor child : pulled.manifest().children()) {
      if (child.platform().equals(PLATFORM)) {
        StoredImage image = images.find(repository, child.digest(), null);
        if (image != null && !image.manifest().isIndex()) {
          return image;
        }
      }
    }
    throw AwsError.badRequest(
        "ImageNotFoundException",
        "image Manifest does not contain descriptor matching platform '" + PLATFORM + "'");
  }

  private JsonNode config(Manifest manifest) {
    Manifest.Descriptor config = manifest.config();
    if (config == null) {
      throw new IllegalStateException("an index has no configuration");
    }
    try (InputStream in = Files.newInputStream(blobs.file(config.digest()))) {
      return JSON.readTree(in.readNBytes(Manifest.LARGEST));
    } catch (IOException e) {
      throw EcrErrors.invalid("the image's configuration cannot be read: " + e.getMessage());
    }
  }
}
