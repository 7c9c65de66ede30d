package io.pipelab.workflow;

import io.pipelab.lab.Lab;

/** Builds an image and pushes it into its repository. */
public interface ImagePush {
  /**
   * An image in its repository.
   *
   * @param uri by digest: {@code REGISTRY/REPOSITORY@sha256:...}
   * @param digest {@code sha256:...}
   */
  record Pushed(String uri, String digest) {}

  /**
   * Builds and pushes.
   *
   * @param repository the repository's name
   */
  Pushed push(Lab.ImageSpec image, String repository);
}
