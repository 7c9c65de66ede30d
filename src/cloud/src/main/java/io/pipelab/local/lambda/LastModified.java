package io.pipelab.local.lambda;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Lambda writes them: {@code 2026-11-21T20:41:48.000+0000}. */
final class LastModified {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LastModified() {}

  static String text(Instant time) {
    return FORMAT.format(time);
  }
}
