package io.pipelab.local.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The periods of a query. As CloudWatch does, the start is rounded down to the minute (to five
 * minutes or an hour when it is older than 15 or 63 days), periods are counted from there, and a
 * period belongs to the range when it starts before the end.
 *
 * @param period seconds
 */
record TimeRange(Instant start, Instant end, int period) {
  static TimeRange of(Instant start, Instant end, int period, Instant now) {
    Duration age = Duration.between(start, now);
    long grain = age.toDays() < 15 ? 60 : age.toDays() < 63 ? 300 : 3600;
    long rounded = Math.floorDiv(start.getEpochSecond(), grain) * grain;
    return new TimeRange(Instant.ofEpochSecond(rounded), end, period);
  }

  /** How many periods it has. */
  long count() {
    long seconds = end.getEpochSecond() - start.getEpochSecond();
    long partOfASecond = end.getNano() > 0 ? 1 : 0;
    return Math.max(0, Math.floorDiv(seconds + partOfASecond + period - 1, (long) period));
  }

  /** The first moments of its periods, oldest first, none before a moment. */
  List<Instant> starts(Instant notBefore) {
    long skip =
        Math.max(0, (notBefore.getEpochSecond() - start.getEpochSecond()) / Math.max(1, period));
    List<Instant> starts = new ArrayList<>();
    for (long i = skip; i < count(); i++) {
      starts.add(start.plusSeconds(i * period));
    }
    return starts;
  }
}
