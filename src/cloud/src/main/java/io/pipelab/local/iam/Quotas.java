package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;

/** IAM's quotas in its words (IAM User Guide, "IAM and AWS STS quotas"). */
final class Quotas {
  private Quotas() {}

  /** {@code Cannot exceed quota for AccessKeysPerUser: 2}. */
  static AwsError exceeded(String quota, int most) {
    return limit("Cannot exceed quota for " + quota + ": " + most);
  }

  /** LimitExceeded in other words. */
  static AwsError limit(String message) {
    return AwsError.of("LimitExceeded", 409, message);
  }
}
