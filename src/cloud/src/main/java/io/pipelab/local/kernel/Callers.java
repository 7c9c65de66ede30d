package io.pipelab.local.kernel;

import org.jspecify.annotations.Nullable;

/** Port to STS: who an access key belongs to. */
public interface Callers {
  /** The role session that the key was issued for, else the operator; anonymous for null. */
  Caller byAccessKey(@Nullable String accessKeyId);
}
