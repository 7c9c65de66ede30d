package io.pipelab.local.kernel;

/**
 * The signatures of an upload that is signed chunk by chunk, each over the one before it (Amazon S3
 * API Reference, "Signature calculations for the authorization header: transferring payload in
 * multiple chunks").
 */
public interface ChunkSignatures {
  /**
   * Checks the next chunk.
   *
   * @param signature as the chunk's head states it
   * @param sha256 of the chunk's bytes, in hexadecimal
   * @throws AwsError SignatureDoesNotMatch
   */
  void chunk(String signature, String sha256);

  /**
   * Checks the trailers, which come behind the last chunk.
   *
   * @param sha256 of the trailers, each as {@code name:value} and a line feed
   * @throws AwsError SignatureDoesNotMatch
   */
  void trailers(String signature, String sha256);
}
