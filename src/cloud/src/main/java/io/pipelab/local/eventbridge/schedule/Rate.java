package io.pipelab.local.eventbridge.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every so long, the first time one whole interval after the rule was made.
 *
 * @param interval a minute or more
 */
public record Rate(Duration interval) implements Schedule {
  /** One is singular, more are plural, and nothing else is taken. */
  private static final Pattern WORDS =
      Pattern.compile("(?:1 (minute|hour|day)|([1-9]\\d{0,8}) (minutes|hours|days))");

  static Rate parse(String words) {
    Matcher parts = WORDS.matcher(words);
    if (!parts.matches()) {
      throw new IllegalArgumentException(words);
    }
    long count = parts.group(2) == null ? 1 : Long.parseLong(parts.group(2));
    String unit = parts.group(1) == null ? parts.group(3) : parts.group(1) + "s";
    if (count == 1 && parts.group(2) != null) {
      throw new IllegalArgumentException(words);
    }
    return new Rate(
        switch (unit) {
          case "minutes" -> Duration.ofMinutes(count);
          case "hours" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  @Override
  public Optional<Instant> next(Instant after, Instant created) {
    long passed = Math.max(0, Duration.between(created, after).dividedBy(interval));
    return Optional.of(created.plus(interval.multipliedBy(passed + 1)));
  }
}
