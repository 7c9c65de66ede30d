package io.pipelab.report;

import io.pipelab.workflow.Progress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Progress as one line an event, for logs and pipes: nothing is redrawn. */
public final class PlainProgress implements Progress {
  private final PrintStream narration;
  private final PrintStream results;
  private final Style style;
  private final Style resultStyle;

  /**
   * A progress off a terminal.
   *
   * @param results where the results of checks go
   */
  public PlainProgress(PrintStream narration, Style style, PrintStream results, Style resultStyle) {
    this.narration = narration;
    this.style = style;
    this.results = results;
    this.resultStyle = resultStyle;
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Checked checked) {
      StepLines.of(checked.result(), resultStyle).forEach(results::println);
      return;
    }
    String line = line(event);
    if (line != null) {
      narration.println(line);
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
    if (event instanceof Noted noted) {
      return "  " + noted.text();
    }
    return null;
  }
}
