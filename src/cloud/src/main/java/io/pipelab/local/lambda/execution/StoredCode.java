package io.pipelab.local.lambda.execution;

/**
 * A function's code as it was set: a zip archive or a container image. Its files are there as long
 * as somebody uses them.
 */
public sealed interface StoredCode permits DeploymentPackage, LayeredCode, FunctionImage {
  /** {@code CodeSha256}: of an archive in Base64; of an image its digest's, in hexadecimal. */
  String sha256();

  /** {@code CodeSize} in bytes; 0 for an image, as Lambda answers. */
  long size();

  /** Begins one more use; false when its last user has let it go, and its files are gone. */
  boolean retain();

  /** Ends one use; with the last one the files go. */
  void release();
}
