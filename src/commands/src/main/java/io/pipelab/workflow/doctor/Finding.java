package io.pipelab.workflow.doctor;

import io.pipelab.target.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param id what was looked at: {@code java}, {@code port}, {@code credentials} ...
 * @param what what was seen
 * @param next what to do about it; null when there is nothing to do
 * @param stops why a lab would not run; null when it would all the same
 */
public record Finding(
    String id, Status status, String what, @Nullable String next, Failure.@Nullable Kind stops) {

  /** What a finding means for a lab. */
  public enum Status {
    OK,
    /** Worth knowing; the lab runs all the same. */
    NOTE,
    /** The lab would not run. */
    STOPS
  }

  static Finding ok(String id, String what) {
    return new Finding(id, Status.OK, what, null, null);
  }

  static Finding note(String id, String what, @Nullable String next) {
    return new Finding(id, Status.NOTE, what, next, null);
  }

  static Finding stops(String id, String what, String next) {
    return new Finding(id, Status.STOPS, what, next, Failure.Kind.USAGE);
  }

  static Finding stops(String id, Failure failure) {
    String why = failure.why();
    return new Finding(
        id,
        Status.STOPS,
        failure.what() + (why == null || why.isBlank() ? "" : ": " + why),
        failure.next(),
        failure.kind());
  }
}
