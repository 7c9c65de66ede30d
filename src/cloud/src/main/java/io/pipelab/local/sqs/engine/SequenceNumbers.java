package io.pipelab.local.sqs.engine;

import java.util.Locale;

/** The sequence numbers of a FIFO queue: 20 digits that grow, with gaps, as those of SQS do. */
final class SequenceNumbers {
  private static final String FIRST_DIGITS = "188";
  private static final long FIRST = 49_496_460_467_696_128L;
  private static final int STEP = 256;

  private SequenceNumbers() {}

  static String of(long serial) {
    return FIRST_DIGITS + String.format(Locale.ROOT, "%017d", FIRST + serial * STEP);
  }
}
