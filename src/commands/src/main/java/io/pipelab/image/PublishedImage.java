package io.pipelab.image;

/**
 * An image in its repository.
 *
 * @param uri by digest: {@code REGISTRY/REPOSITORY@sha256:...}
 * @param digest {@code sha256:...} of its one manifest
 * @param pushed false when it was there already
 */
public record PublishedImage(String uri, String digest, String tag, boolean pushed) {}
