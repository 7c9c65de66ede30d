package io.pipelab.local.policy;

/**
 * How directly a statement's principal names a caller. An allow that names the caller itself stands
 * alone; one that names his role is bounded by the role's permissions boundary and the session's
 * policy; one that names his account only lets the account's own policies decide (IAM User Guide,
 * "How AWS enforcement code logic evaluates requests to allow or deny access").
 */
enum Naming {
  NOT_AT_ALL,
  BY_ACCOUNT,
  BY_ROLE,
  ITSELF;

  Naming or(Naming other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
