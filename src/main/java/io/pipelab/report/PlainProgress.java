package io.pipelab.report;

import io.pipelab.workflow.Progress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Progress as one line an event, for logs and pipes: nothing is redrawn. */
public final class PlainProgress implements Progress {
  private final PrintStream out;
  private final Style style;

  public PlainProgress(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  @Override
  public synchronized void on(Event event) {
    String line = line(event);
    if (line != null) {
      out.println(line);
    }
  }

  private @Nullable String line(Event event) {
    if (event instanceof StepStarted started) {
      return style.strong(started.title());
    }
    if (event instanceof StepDone done) {
      return style.good("done") + " " + done.title() + ", " + Seconds.text(done.seconds());
    }
    if (event instanceof StepFailed failed) {
      return style.bad("failed") + " " + failed.title() + ", " + Seconds.text(failed.seconds());
    }
    if (event instanceof ResourceChanged changed) {
      return "  " + ResourceLine.of(changed, style);
    }
    if (event instanceof Counted counted) {
      return "  " + counted.what() + ": " + counted.done() + " of " + counted.total();
    }
    if (event instanceof Checked checked) {
      return String.join(System.lineSeparator(), StepLines.of(checked.result(), style));
    }
    if (event instanceof Noted noted) {
      return "  " + noted.text();
    }
    return null;
  }
}
