package io.pipelab.local.ssm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * One version of a parameter: what PutParameter made of it.
 *
 * @param number from 1
 * @param text the value itself, also of a SecureString
 * @param cipher what callers see of a SecureString that they do not have decrypted; null for others
 * @param keyId the KMS key of a SecureString; null for others
 * @param modifiedBy the caller's ARN
 */
record ParameterVersion(
    long number,
    ParameterType type,
    String text,
    @Nullable String cipher,
    @Nullable String keyId,
    @Nullable String description,
    @Nullable String allowedPattern,
    ParameterTier tier,
    String dataType,
    Instant modified,
    String modifiedBy) {

  /** The value as a caller gets it. */
  String shown(boolean decrypted) {
    return decrypted || cipher == null ? text : cipher;
  }
}
