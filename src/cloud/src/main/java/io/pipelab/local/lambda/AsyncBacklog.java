package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what the events that were accepted and are not done take of the cloud's memory. AWS has no
 * such bound but one of calls a second, and answers the same when that is reached.
 */
final class AsyncBacklog {
  /** What an event takes beside its payload, roughly. */
  private static final int EVENT_BYTES = 1024;

  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();

  AsyncBacklog(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Takes an event in.
   *
   * @throws AwsError TooManyRequestsException when there is no room for it
   */
  void add(byte[] payload) {
    if (bytes.addAndGet(size(payload)) > mostBytes) {
      remove(payload);
      throw AwsError.of("TooManyRequestsException", 429, "Rate Exceeded.");
    }
  }

  /** An event is done, or given up. */
  void remove(byte[] payload) {
    bytes.addAndGet(-size(payload));
  }

  private static long size(byte[] payload) {
    return EVENT_BYTES + payload.length;
  }
}
