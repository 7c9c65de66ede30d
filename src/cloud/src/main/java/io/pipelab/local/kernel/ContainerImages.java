package io.pipelab.local.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** Port to ECR: how ECS and Lambda get an image that was pushed. */
public interface ContainerImages {
  /**
   * A pulled image.
   *
   * @param digest {@code sha256:...} of the manifest
   * @param config the OCI image configuration document
   * @param layers gzip-compressed tar files, base first
   */
  record Image(String digest, JsonNode config, List<Path> layers) {}

  /**
   * Finds an image by its full URI, {@code HOST/REPOSITORY:TAG} or {@code
   * HOST/REPOSITORY@sha256:...}.
   *
   * @throws AwsError RepositoryNotFoundException or ImageNotFoundException
   */
  Image pull(String imageUri);
}
