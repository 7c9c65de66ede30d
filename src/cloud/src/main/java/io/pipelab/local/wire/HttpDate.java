package io.pipelab.local.wire;

import java.time.Instant;
import java.time.ZoneOffset;

/** The text of a Date header, written once a second. */
record HttpDate(long second, String text) {
  private static volatile HttpDate last = at(0);

  static String of(Instant time) {
    HttpDate date = last;
    if (date.second != time.getEpochSecond()) {
      date = at(time.getEpochSecond());
      last = date;
    }
    return date.text;
  }

  private static HttpDate at(long second) {
    Instant time = Instant.ofEpochSecond(second);
    return new HttpDate(second, Timestamps.HTTP_DATE.format(time.atOffset(ZoneOffset.UTC)));
  }
}
