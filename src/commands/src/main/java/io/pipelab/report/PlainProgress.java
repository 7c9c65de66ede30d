package io.pipelab.report;

import io.pipelab.workflow.step.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Progress as one line an event, for logs and pipes: nothing is redrawn. */
public final class PlainProgress implements Progress {
  private final PrintStream narration;
  private final PrintStream results;
  private final Style style;
  private final Style resultStyle;
  private final Map<String, String> told = new HashMap<>();

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
      StepLines.of(checked.result(), resultStyle, checked.details()).forEach(results::println);
      return;
    }
    String line = isNews(event) ? line(event) : null;
    if (line != null) {
      narration.println(line);
    }
  }

  /** A count is told by tenths; a state that was told is not told again. */
  private boolean isNews(Event event) {
    if (event instanceof Counted counted) {
      long tenth = counted.total() == 0 ? 10 : counted.done() * 10 / counted.total();
      return !String.valueOf(tenth).equals(told.put(counted.what(), String.valueOf(tenth)));
    }
    if (event instanceof ResourceChanged changed) {
      String key = changed.stack() + " " + changed.resource();
      return !changed.status().equals(told.put(key, changed.status()));
    }
    return true;
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
    if (event instanceof Took took) {
      return "  " + took.words();
    }
    if (event instanceof Waiting waiting) {
      return "  " + waiting.step() + ": " + waiting.text();
    }
    return null;
  }
}
