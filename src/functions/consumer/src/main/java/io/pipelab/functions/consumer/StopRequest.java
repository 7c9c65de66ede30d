package io.pipelab.functions.consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where SIGTERM meets the poll loop: the message at hand is finished, what was stored is deleted
 * from the queue, and no other message is begun.
 *
 * <p>ECS sends SIGTERM and, after the stop timeout (30 s), SIGKILL. A long poll cannot be broken
 * off, but it need not be waited for either: a message that it may still bring comes back.
 */
final class StopRequest {
  private final ReentrantLock message = new ReentrantLock();
  private volatile boolean requested;

  /**
   * Does a piece of work that a stop waits for, unless a stop was already asked for.
   *
   * @return whether it was done
   */
  boolean unlessStopped(Runnable work) {
    message.lock();
    try {
      if (requested) {
        return false;
      }
      work.run();
      return true;
    } finally {
      message.unlock();
    }
  }

  boolean isRequested() {
    return requested;
  }

  /**
   * Asks for a stop and waits for the message at hand.
   *
   * @return whether that message was finished in time
   */
  boolean request(Duration patience) throws InterruptedException {
    requested = true;
    if (!message.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    message.unlock();
    return true;
  }
}
