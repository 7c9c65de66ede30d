package io.pipelab.local.kernel;

import java.time.Duration;

/** Port to STS: temporary keys of a role for a function's environment or a task. */
public interface RoleSessions {
  /** One session's keys; they are never logged. */
  record Keys(String accessKeyId, String secretAccessKey, String sessionToken) {}

  /**
   * Issues keys for a role session, without asking the role's trust policy: the caller is the
   * service itself.
   *
   * @throws AwsError when the role does not exist or does not trust the service
   */
  Keys issue(String roleArn, String sessionName, String service, Duration lifetime);
}
