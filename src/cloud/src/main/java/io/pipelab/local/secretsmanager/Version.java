package io.pipelab.local.secretsmanager;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret.
 *
 * @param stages labels such as {@code AWSCURRENT}; a version without any is deprecated
 * @param accessed the last day on which it was read, or null
 */
record Version(
    String id, Value value, Set<String> stages, Instant created, @Nullable Instant accessed) {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  Version with(String stage) {
    Set<String> more = new TreeSet<>(stages);
    more.add(stage);
    return new Version(id, value, Set.copyOf(more), created, accessed);
  }

  Version without(String stage) {
    Set<String> fewer = new TreeSet<>(stages);
    fewer.remove(stage);
    return new Version(id, value, Set.copyOf(fewer), created, accessed);
  }

  Version readAt(Instant day) {
    return new Version(id, value, stages, created, day);
  }
}
