package io.pipelab.local.kernel;

import org.jspecify.annotations.Nullable;

/** Port to Secrets Manager: how CloudFormation reads a secret. */
public interface SecretStore {
  /**
   * The text of a secret's version.
   *
   * @param secretId a name or an ARN
   * @param stage of the version, or null
   * @param versionId of the version, or null; with neither the current one
   * @throws AwsError as GetSecretValue answers it
   */
  String text(String secretId, @Nullable String stage, @Nullable String versionId);
}
