package io.pipelab.local.kinesis.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A stream's sequence numbers: 56 digits that begin with 49, as AWS's do, so that their order is
 * that of texts and of numbers. They grow over the whole stream, also while the clock goes back.
 */
public final class SequenceNumbers {
  private static final Pattern SHAPE = Pattern.compile("49\\d{54}");
  private static final int SHARD_DIGITS = 20;

  /** Less than every number. */
  static final String LOWEST = "0";

  private long millis;
  private long counter;

  /** The next number, for a shard. */
  String next(long now, int shard) {
    millis = Math.max(millis, now);
    return String.format(Locale.ROOT, "49%014d%020d%020d", millis, counter++, shard);
  }

  /** Whether a text is a number such as these. */
  public static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** The shard for which a number was given, as its index. */
  public static int shard(String number) {
    return Integer.parseInt(number.substring(number.length() - SHARD_DIGITS));
  }
}
