package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stops one operation: nothing new starts, and resources that wait to become stable wait no more.
 */
final class Cancellation {
  /** A wait for stability, which may be interrupted. */
  interface Wait {
    PhysicalResource run() throws InterruptedException;
  }

  private final Set<Thread> waiting = new HashSet<>();
  private boolean requested;
  private @Nullable String reason;

  /**
   * Stops the operation.
   *
   * @param why the stack's status reason, or null when a failed resource is reason enough
   */
  synchronized void cancel(@Nullable String why) {
    if (!requested) {
      requested = true;
      reason = why;
      waiting.forEach(Thread::interrupt);
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  synchronized @Nullable String reason() {
    return reason;
  }

  /**
   * Waits for a resource.
   *
   * @throws InterruptedException if the operation is cancelled meanwhile, or was before
   */
  PhysicalResource await(Wait wait) throws InterruptedException {
    synchronized (this) {
      if (requested) {
        throw new InterruptedException();
      }
      waiting.add(Thread.currentThread());
    }
    try {
      return wait.run();
    } finally {
      synchronized (this) {
        waiting.remove(Thread.currentThread());
        if (requested) {
          Thread.interrupted(); // ours, and delivered; the thread works on for others
        }
      }
    }
  }
}
