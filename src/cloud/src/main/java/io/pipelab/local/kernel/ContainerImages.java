package io.pipelab.local.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port to ECR: how ECS and Lambda get an image that was pushed. */
public interface ContainerImages {
  /**
   * A pulled image.
   *
   * @param digest {@code sha256:...} of the manifest
   * @param mediaType of that manifest: an index's, when the URI names one
   * @param config the OCI image configuration document
   * @param layers gzip-compressed tar files, base first
   */
  record Image(String digest, String mediaType, JsonNode config, List<Path> layers) {}

  /**
   * Finds an image by its full URI, {@code HOST/REPOSITORY:TAG} or {@code
   * HOST/REPOSITORY@sha256:...}.
   *
   * @param service the service that pulls by itself, which the repository's policy may deny; null
   *     when a role pulls
   * @throws AwsError RepositoryNotFoundException, ImageNotFoundException or AccessDeniedException
   */
  Image pull(String imageUri, Caller.@Nullable ServicePrincipal service);
}
