package io.pipelab.local.policy;

import org.jspecify.annotations.Nullable;

/** What all policies together say to a request. */
public sealed interface Verdict {
  /** The request may be carried out. */
  record Allowed() implements Verdict {}

  /**
   * A statement denies it.
   *
   * @param sid the statement's id; null when it has none
   * @param position the statement's place in its document, from 0
   */
  record ExplicitDeny(AttachedPolicy policy, @Nullable String sid, int position)
      implements Verdict {}

  /**
   * No statement allows it.
   *
   * @param missing the kind of policy that would have had to
   */
  record ImplicitDeny(PolicyKind missing) implements Verdict {}

  default boolean allows() {
    return this instanceof Allowed;
  }
}
