package io.pipelab.local.policy;

import org.jspecify.annotations.Nullable;

/**
 * What one policy says to a request.
 *
 * @param naming how directly its allow names the caller
 * @param statement the one that decides; null when none speaks of the request
 */
record Outcome(Decision decision, Naming naming, @Nullable Statement statement) {
  static final Outcome SILENT = new Outcome(Decision.SILENT, Naming.NOT_AT_ALL, null);

  /** One more statement that applies: a deny wins, then the allow that names most directly. */
  Outcome with(Statement other, Naming how) {
    if (decision == Decision.DENY) {
      return this;
    }
    if (!other.allow()) {
      return new Outcome(Decision.DENY, how, other);
    }
    return how.compareTo(naming) > 0 ? new Outcome(Decision.ALLOW, how, other) : this;
  }
}
