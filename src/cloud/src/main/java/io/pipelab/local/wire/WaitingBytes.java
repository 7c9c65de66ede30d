package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;

/** The bytes of all requests that are in memory at once, and their bound. */
final class WaitingBytes {
  private final long most;
  private long held;

  WaitingBytes(long most) {
    this.most = most;
  }

  synchronized boolean tryTake(int count) {
    if (held + count > most) {
      return false;
    }
    held += count;
    return true;
  }

  /**
   * Counts bytes in.
   *
   * @throws AwsError ServiceUnavailable, which every SDK tries again, when there is no room
   */
  void take(int count) {
    if (!tryTake(count)) {
      throw AwsError.of(
          "ServiceUnavailable",
          503,
          "The requests that are being served fill the memory of the embedded cloud. Try again.");
    }
  }

  synchronized void give(long count) {
    held -= count;
  }
}
