package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** Moments as the protocols write them. */
final class Timestamps {
  /** The Date header's format. */
  static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final int MOST_DIGITS = 400;
  private static final BigDecimal MOST_SECONDS = new BigDecimal("1E13");

  private Timestamps() {}

  /** Seconds since the epoch with a fraction, ISO 8601 with any offset, or RFC 822. */
  static Instant read(JsonNode node) {
    if (!node.isNumber()) {
      String text = node.asText();
      if (!text.isEmpty() && Character.isLetter(text.charAt(0))) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      }
      if (text.indexOf('T') > 0) {
        return DateTimeFormatter.ISO_DATE_TIME.parse(
            text.matches(".*([Zz]|[+-]\\d\\d:?\\d\\d)") ? text : text + "Z", Instant::from);
      }
      return ofSeconds(new BigDecimal(text));
    }
    return ofSeconds(node.decimalValue());
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    // The digits of 1E1000000000 would be written out.
    if (seconds.abs().compareTo(MOST_SECONDS) > 0 || seconds.scale() > MOST_DIGITS) {
      throw new ArithmeticException("not a time");
    }
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  /** A timestamp as text in one of the formats that models ask for. */
  static String format(Instant instant, TimestampFormatTrait.Format format) {
    return switch (format) {
      case ISO_8601 -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
      case RFC_822 -> HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
      case UNIX_TIMESTAMP -> BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
    };
  }
}
