package io.pipelab.local.policy;

/** Port to IAM: how STS reads the policies that narrow a session. */
public interface SessionPolicies {
  /**
   * An inline session policy.
   *
   * @throws io.pipelab.local.kernel.AwsError MalformedPolicyDocument
   */
  Policy inline(String document);

  /**
   * A managed policy as it is now.
   *
   * @throws io.pipelab.local.kernel.AwsError when there is none of that ARN
   */
  Policy managed(String arn);
}
