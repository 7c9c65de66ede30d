package io.pipelab.local.ecr;

import java.time.Instant;

/**
 * An image, or an index of images, in a repository.
 *
 * @param bytes the manifest as it was pushed: its digest is of exactly these bytes
 */
@SuppressWarnings("ArrayRecordComponent") // the manifest's bytes are never compared
record StoredImage(String digest, byte[] bytes, Manifest manifest, Instant pushedAt) {
  /** Compressed size of layers and configuration, in bytes. */
  long size() {
    long size = bytes.length;
    if (manifest.config() != null) {
      size += manifest.config().size();
    }
    for (Manifest.Descriptor layer : manifest.layers()) {
      size += layer.size();
    }
    return size;
  }
}
