package io.pipelab.drive;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts a load exactly, from several threads. */
final class Totals {
  private record Reason(String code, String text) {}

  private final Map<Reason, Long> failures = new LinkedHashMap<>();
  private long sent;
  private long retried;
  private long uncertain;
  private long maybeTwice;

  synchronized void sent(long messages) {
    sent += messages;
  }

  synchronized void retried(long messages) {
    retried += messages;
  }

  synchronized void maybeTwice(long messages) {
    maybeTwice += messages;
  }

  /** A message of which no answer says whether the queue took it. */
  synchronized void uncertain(String code, String reason) {
    uncertain++;
    failed(code, reason);
  }

  synchronized void failed(String code, String reason) {
    failures.merge(new Reason(code, reason), 1L, Long::sum);
  }

  /** Messages that were tried to the end. */
  synchronized long done() {
    return sent + failures.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized LoadResult result(
      String runId, long asked, @Nullable String halted, Duration elapsed) {
    List<LoadResult.Failure> all =
        failures.entrySet().stream()
            .map(e -> new LoadResult.Failure(e.getKey().code(), e.getKey().text(), e.getValue()))
            .toList();
    return new LoadResult(
        runId, asked, sent, retried, all, asked - done(), uncertain, maybeTwice, halted, elapsed);
  }
}
