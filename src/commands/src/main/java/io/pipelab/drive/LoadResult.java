package io.pipelab.drive;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load came to. {@code sent + failed + uncertain + unsent == asked}, always.
 *
 * @param sent messages that the queue acknowledged
 * @param retried entries that were sent again, whatever came of it
 * @param failures messages that were tried and not acknowledged, by reason; the uncertain among
 *     them
 * @param unsent messages that were never tried, because the load ended early
 * @param uncertain messages of which no answer says whether the queue took them
 * @param maybeTwice acknowledged messages of which an earlier try had no answer: the queue may hold
 *     them twice
 * @param halted why the load ended early, unless it was interrupted; null when it did not
 */
public record LoadResult(
    String runId,
    long asked,
    long sent,
    long retried,
    List<Failure> failures,
    long unsent,
    long uncertain,
    long maybeTwice,
    @Nullable String halted,
    Duration elapsed) {

  /** Messages that were not acknowledged, for one reason. */
  public record Failure(String code, String reason, long count) {}

  /** How many messages the queue refused. */
  public long failed() {
    return failures.stream().mapToLong(Failure::count).sum() - uncertain;
  }

  /** Whether the queue took every message. */
  public boolean complete() {
    return sent == asked;
  }
}
