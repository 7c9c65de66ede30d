package io.pipelab.workflow.look;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the events of several log groups into one order of time, and lets each through once however
 * often it is read: an event may appear in a group after younger ones did, so the last stretch of
 * time is read again and again.
 */
final class LogMerge {
  private final Duration overlap;
  private final Map<String, Instant> seen = new HashMap<>();
  private Instant newest;

  /**
   * A merge.
   *
   * @param from the first time to read
   * @param overlap how late an event may appear
   */
  LogMerge(Instant from, Duration overlap) {
    this.overlap = overlap;
    this.newest = from.plus(overlap);
  }

  /** From when on to read next. */
  Instant readFrom() {
    return newest.minus(overlap);
  }

  /** Those of the events that were not there before, oldest first; of one time, as they came. */
  List<LogLine> fresh(List<LogLine> read) {
    List<LogLine> fresh = new ArrayList<>();
    for (LogLine line : read) {
      if (seen.put(key(line), line.time()) == null) {
        fresh.add(line);
        newest = line.time().isAfter(newest) ? line.time() : newest;
      }
    }
    Instant oldest = readFrom();
    seen.values().removeIf(time -> time.isBefore(oldest));
    fresh.sort(Comparator.comparing(LogLine::time));
    return fresh;
  }

  private static String key(LogLine line) {
    return line.group() + "\n" + line.id();
  }
}
