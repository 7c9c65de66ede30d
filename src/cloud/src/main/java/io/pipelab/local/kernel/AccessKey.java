package io.pipelab.local.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An access key, and whose it is.
 *
 * @param secret null for a made-up key: the user's own programs may use any, and have no secret
 */
public record AccessKey(Caller caller, @Nullable Secret secret) {
  /**
   * What the holder of a key that the cloud issued has to prove that he knows; it is never logged.
   *
   * @param sessionToken of temporary keys
   */
  public record Secret(String accessKey, @Nullable String sessionToken) {
    @Override
    public String toString() {
      return "Secret[]";
    }
  }
}
