package io.pipelab.local.logs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter pattern asks of a message, and the fields that it finds in one. */
interface LogPattern {
  /** A pattern that every message matches. */
  LogPattern ANYTHING = message -> true;

  boolean test(String message);

  /**
   * The value that a metric filter means by {@code $.field} or {@code $field}.
   *
   * @return null when the message has no such field, or when patterns of this kind have none
   */
  default @Nullable String field(String message, String selector) {
    return null;
  }

  /** What TestMetricFilter shows of a message that matches: selectors and values. */
  default Map<String, String> extracted(String message) {
    return Map.of();
  }
}
