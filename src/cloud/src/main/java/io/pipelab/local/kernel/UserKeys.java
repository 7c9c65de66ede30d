package io.pipelab.local.kernel;

import java.util.Optional;

/** Port to IAM: the long-term access keys of users, for STS. */
public interface UserKeys {
  /**
   * The key and its user; empty for an id that IAM never gave out.
   *
   * @throws AwsError InvalidClientTokenId when it is inactive, or was deleted
   */
  Optional<AccessKey> find(String accessKeyId);

  /** Hears that a call was signed with the key, of which GetAccessKeyLastUsed tells. */
  void used(String accessKeyId, String service, String region);
}
