package io.pipelab.local.policy;

/** What a policy says to a request. */
public enum Decision {
  /** A statement allows it and none denies it. */
  ALLOW,
  /** A statement denies it, whatever else allows it. */
  DENY,
  /** No statement speaks of it: IAM's implicit deny. */
  SILENT
}
