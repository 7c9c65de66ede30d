package io.pipelab.cli;

import io.pipelab.report.ErrorLines;
import io.pipelab.workflow.Progress;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says, when the user stops a command, what goes on without it and what to do next. Nothing is
 * cancelled: what was asked of the cloud comes to its own end.
 */
final class Interruption {
  private final PrintStream err;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Progress.@Nullable Underway> underway = new AtomicReference<>();

  Interruption(PrintStream err) {
    this.err = err;
  }

  /** Listens to a progress to know what is under way. */
  Progress watching(Progress progress) {
    return event -> {
      if (event instanceof Progress.Underway now) {
        underway.set(now);
      }
      if (!over.get()) {
        progress.on(event);
      }
    };
  }

  /** The command came to its own end: there is nothing to say. */
  void over() {
    over.set(true);
  }

  /** Called when the process is told to end. */
  void tell() {
    if (over.getAndSet(true)) {
      return;
    }
    Progress.Underway state = underway.get();
    if (state != null) {
      ErrorLines.of("interrupted", state.state(), state.next()).forEach(err::println);
    }
    err.flush();
  }
}
