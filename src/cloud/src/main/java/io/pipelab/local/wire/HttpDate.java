package io.pipelab.local.wire;

import java.time.Instant;
import java.time.ZoneOffset;

/** The text of a Date header, written once a second. One for each clock. */
final class HttpDate {
  private volatile Written last = written(0);

  /** A second since the epoch and its text. */
  private record Written(long second, String text) {}

  String of(Instant time) {
    Written date = last;
    if (date.second() != time.getEpochSecond()) {
      date = written(time.getEpochSecond());
      last = date;
    }
    return date.text();
  }

  private static Written written(long second) {
    Instant time = Instant.ofEpochSecond(second);
    return new Written(second, Timestamps.HTTP_DATE.format(time.atOffset(ZoneOffset.UTC)));
  }
}
