package io.pipelab.local.iam;

/** What holds policies: a user, a group or a role. Changes make a new value. */
interface Holder<T extends Holder<T>> {
  Identity identity();

  /** The same one with its common part changed. */
  T with(Identity changed);

  default String name() {
    return identity().name();
  }

  default String arn() {
    return identity().arn();
  }
}
