package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kinesis.engine.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shard iterators as texts that live for five minutes (API reference, GetShardIterator). */
final class ShardIterators {
  private static final Duration LIFE = Duration.ofMinutes(5);

  private static final Pattern SHAPE =
      Pattern.compile("(\\d+)/([a-zA-Z0-9_.-]+)/(shardId-\\d{12})/(\\d+)/([ab])/(\\d+)");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final InstantSource wall;

  ShardIterators(InstantSource wall) {
    this.wall = wall;
  }

  /**
   * Where somebody reads.
   *
   * @param created when the stream was made: another of the same name is another stream
   */
  record Place(String streamName, long created, String shardId, Position position) {}

  String write(Place place) {
    Position position = place.position();
    String text =
        String.join(
            "/",
            String.valueOf(wall.millis()),
            place.streamName(),
            place.shardId(),
            position.sequenceNumber(),
            position.included() ? "a" : "b",
            String.valueOf(place.created()));
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads an iterator.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidArgumentException, ExpiredIteratorException
   */
  Place read(String iterator) {
    Matcher parts = SHAPE.matcher(decoded(iterator));
    if (!parts.matches()) {
      throw Refusals.invalid("Invalid ShardIterator.");
    }
    Instant made = Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
    Instant now = wall.instant();
    if (made.plus(LIFE).isBefore(now)) {
      throw AwsError.badRequest(
          "ExpiredIteratorException",
          "Iterator expired. The iterator was created at time "
              + DATE.format(made)
              + " while right now it is "
              + DATE.format(now)
              + " which is further in the future than the tolerated delay of "
              + LIFE.toMillis()
              + " milliseconds.");
    }
    return new Place(
        parts.group(2),
        Long.parseLong(parts.group(6)),
        parts.group(3),
        new Position(parts.group(4), parts.group(5).equals("a")));
  }

  private static String decoded(String iterator) {
    try {
      return new String(Base64.getDecoder().decode(iterator), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid("Invalid ShardIterator.");
    }
  }
}
