package io.pipelab.local.kernel;

/** Port to who issues access keys: whose a key is. */
@FunctionalInterface
public interface Callers {
  /**
   * The key that the cloud issued under that id, else the operator's, for whom any will do.
   *
   * @throws AwsError InvalidClientTokenId for what looks like a temporary key and was not issued,
   *     ExpiredToken
   */
  AccessKey byId(String accessKeyId);

  /** Hears that a caller proved that a call is his. */
  default void called(Caller caller, String service, String region) {}
}
