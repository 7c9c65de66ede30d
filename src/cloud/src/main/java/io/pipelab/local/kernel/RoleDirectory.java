package io.pipelab.local.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Port to IAM: how STS finds the role that a session is for. */
public interface RoleDirectory {
  /**
   * A role as STS needs it.
   *
   * @param roleId the unique id, {@code AROA...}
   * @param trustPolicy the assume-role policy document
   * @param maxSessionSeconds how long AssumeRole may make a session last
   */
  record TrustedRole(
      String arn, String roleId, String name, JsonNode trustPolicy, int maxSessionSeconds) {}

  Optional<TrustedRole> role(String roleArn);

  /** Hears that a call was signed with keys of the role, of which RoleLastUsed tells. */
  default void used(String roleArn, String service, String region) {}
}
