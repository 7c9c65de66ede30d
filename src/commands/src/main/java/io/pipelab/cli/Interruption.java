package io.pipelab.cli;

import io.pipelab.report.ErrorLines;
import io.pipelab.workflow.step.Progress;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says, when the user stops a command, what goes on without it and what to do next. Nothing is
 * cancelled: what was asked of the cloud comes to its own end.
 */
final class Interruption {
  /** How long the command's own thread may take to leave what it does. */
  private static final long GRACE_SECONDS = 3;

  private final PrintStream err;
  private final Runnable beforeTelling;
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<Progress.@Nullable Underway> underway = new AtomicReference<>();
  private volatile boolean told;

  /**
   * An interruption that has not happened.
   *
   * @param beforeTelling what has to end before there is room for words
   */
  Interruption(PrintStream err, Runnable beforeTelling) {
    this.err = err;
    this.beforeTelling = beforeTelling;
  }

  /** Listens to a progress to know what is under way. */
  Progress watching(Progress progress) {
    return event -> {
      if (event instanceof Progress.Underway now) {
        underway.set(now);
      }
      progress.on(event);
    };
  }

  /** The command came to its end, its own or an early one. */
  void over() {
    over.countDown();
  }

  /** Whether the command's errors are only echoes of the interruption. */
  boolean happened() {
    return told;
  }

  /** Called on a thread of its own when the process is told to end. */
  void tell() {
    if (over.getCount() == 0) {
      return;
    }
    told = true;
    worker.interrupt();
    try {
      boolean ended = over.await(GRACE_SECONDS, TimeUnit.SECONDS);
      beforeTelling.run();
      if (!ended) {
        err.println("pipelab: what it was doing did not end at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Progress.Underway state = underway.get();
    ErrorLines.of(
            "interrupted",
            state == null ? null : state.state(),
            state == null ? null : state.next())
        .forEach(err::println);
    err.flush();
  }
}
