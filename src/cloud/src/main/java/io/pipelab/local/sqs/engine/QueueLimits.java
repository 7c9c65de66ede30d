package io.pipelab.local.sqs.engine;

/** How many messages may be in flight (Amazon SQS Developer Guide, "Message quotas"). */
final class QueueLimits {
  private static final int STANDARD = 120_000;
  private static final int FIFO = 20_000;

  private QueueLimits() {}

  static int inFlight(boolean fifo) {
    return fifo ? FIFO : STANDARD;
  }
}
