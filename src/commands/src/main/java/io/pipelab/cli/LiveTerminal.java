package io.pipelab.cli;

import io.pipelab.report.Style;
import io.pipelab.report.Terminal;
import io.pipelab.report.live.LiveProgress;
import io.pipelab.report.live.LiveRegion;
import io.pipelab.report.live.Window;
import io.pipelab.report.live.WindowSize;
import io.pipelab.workflow.step.Progress;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A terminal on which progress is redrawn, and the streams that print above it. */
final class LiveTerminal {
  private final LiveRegion region;
  private final Invocation invocation;
  private @Nullable LiveProgress progress;

  private LiveTerminal(LiveRegion region, Invocation invocation) {
    this.region = region;
    this.invocation = invocation;
  }

  /** The live terminal; null off a terminal, on one that cannot redraw, and in CI. */
  static @Nullable LiveTerminal of(Invocation given) {
    Terminal terminal = given.terminal();
    Map<String, String> environment = given.environment();
    boolean watched = environment.getOrDefault("CI", "").isEmpty();
    if (!terminal.err() || terminal.dumb() || !watched) {
      return null;
    }
    Window window = new Window(new WindowSize(terminal.columns(), terminal.lines()));
    LiveRegion region = new LiveRegion(given.err(), window);
    Charset charset = charset();
    PrintStream err = region.above(given.err(), charset);
    PrintStream out = terminal.out() ? region.above(given.out(), charset) : given.out();
    return new LiveTerminal(
        region,
        new Invocation(
                environment,
                given.in(),
                out,
                err,
                terminal,
                given.home(),
                given.version(),
                given.command())
            .visible());
  }

  /** The invocation, whose streams print above what is redrawn. */
  Invocation invocation() {
    return invocation;
  }

  synchronized Progress progress(Style style, PrintStream results, Style resultStyle) {
    LiveProgress fresh = new LiveProgress(region, invocation.err(), style, results, resultStyle);
    progress = fresh;
    return fresh;
  }

  /** Nothing is redrawn any more. */
  synchronized void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
    region.close();
  }

  /** As the JVM writes to the terminal itself. */
  private static Charset charset() {
    String name = System.getProperty("stderr.encoding", System.getProperty("native.encoding", ""));
    return name.isEmpty() || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }
}
