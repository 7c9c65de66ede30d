package io.pipelab.local.logs;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event's place in the order of time: its timestamp, and among equal ones the order of arrival.
 * As text it is an event id, and a page's token ends in it.
 *
 * @param timestamp milliseconds since the epoch
 */
record Position(long timestamp, long arrival) implements Comparable<Position> {
  static final Position BEFORE_ALL = new Position(0, 0);

  private static final Pattern DIGITS = Pattern.compile("\\d{56}");
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::timestamp).thenComparingLong(Position::arrival);

  /** Reads 56 digits, or nothing when the text is something else. */
  static Optional<Position> parse(@Nullable String text) {
    if (text == null || !DIGITS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(Long.parseLong(text.substring(0, 28)), Long.parseLong(text.substring(28))));
    } catch (NumberFormatException e) {
      return Optional.empty(); // digits enough, but more than a long holds
    }
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%028d%028d", timestamp, arrival);
  }
}
