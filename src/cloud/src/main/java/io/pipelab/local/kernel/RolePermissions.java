package io.pipelab.local.kernel;

/** Port to IAM: what a role's own policies let it do. */
public interface RolePermissions {
  /**
   * Whether the role's inline and attached policies allow an action on a resource, and none denies
   * it.
   *
   * @param action for example {@code sqs:ReceiveMessage}
   * @param resource the resource's ARN
   * @throws AwsError NotImplemented, for a condition operator that is not evaluated here
   */
  boolean allows(String roleArn, String action, String resource);
}
