package io.pipelab.local.sqs.engine;

/**
 * How many messages may be in flight (SQS API Reference, ReceiveMessage, OverLimit). The Developer
 * Guide's quotas give FIFO queues 120,000 today; the lower bound is kept, for what works within it
 * works within both.
 */
final class QueueLimits {
  private static final int STANDARD = 120_000;
  private static final int FIFO = 20_000;

  private QueueLimits() {}

  static int inFlight(boolean fifo) {
    return fifo ? FIFO : STANDARD;
  }
}
