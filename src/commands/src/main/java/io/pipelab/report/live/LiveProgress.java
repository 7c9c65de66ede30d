package io.pipelab.report.live;

import io.pipelab.report.Seconds;
import io.pipelab.report.StepLines;
import io.pipelab.report.Style;
import io.pipelab.report.live.LiveStep.State;
import io.pipelab.verify.CheckStatus;
import io.pipelab.workflow.step.Progress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Progress on a terminal: what runs is redrawn at the bottom, at most ten times a second; what has
 * ended becomes plain lines above, which stay.
 */
public final class LiveProgress implements Progress, AutoCloseable {
  private static final long PACE_MILLIS = 100;

  private final LiveRegion region;
  private final PrintStream narration;
  private final Style style;
  private final PrintStream results;
  private final Style resultStyle;
  private final LongSupplier nanoTime;
  private final long paceMillis;
  private final List<LiveStep> roots = new ArrayList<>();
  private @Nullable ScheduledExecutorService ticker;

  /**
   * A live view.
   *
   * @param narration the terminal, above the region
   * @param results where the results of checks go
   */
  public LiveProgress(
      LiveRegion region,
      PrintStream narration,
      Style style,
      PrintStream results,
      Style resultStyle) {
    this(region, narration, style, results, resultStyle, System::nanoTime, PACE_MILLIS);
  }

  LiveProgress(
      LiveRegion region,
      PrintStream narration,
      Style style,
      PrintStream results,
      Style resultStyle,
      LongSupplier nanoTime,
      long paceMillis) {
    this.region = region;
    this.narration = narration;
    this.style = style;
    this.results = results;
    this.resultStyle = resultStyle;
    this.nanoTime = nanoTime;
    this.paceMillis = paceMillis;
  }

  @Override
  public synchronized void on(Event event) {
    long now = nanoTime.getAsLong();
    if (event instanceof StepStarted started) {
      start(started.title(), now);
    } else if (event instanceof StepDone done) {
      end(done.title(), State.DONE, done.seconds());
    } else if (event instanceof StepFailed failed) {
      end(failed.title(), State.FAILED, failed.seconds());
    } else if (event instanceof ResourceChanged changed) {
      step(changed.stack()).ifPresent(step -> step.resource(changed, now));
    } else if (event instanceof Counted counted) {
      count(counted, now);
    } else if (event instanceof Looking looking) {
      String text = looking.step() + ": " + looking.text();
      step("").ifPresent(step -> step.put(looking.step(), text, State.RUNNING, now));
    } else if (event instanceof Checked checked) {
      StepLines.of(checked.result(), resultStyle, checked.details()).forEach(results::println);
      step("").ifPresent(step -> step.parts.remove(checked.result().id()));
      step("").ifPresent(step -> countChecked(step, checked.result().status(), now));
    } else if (event instanceof Took took) {
      narration.println("     " + took.words());
    } else if (event instanceof Noted noted) {
      narration.println("     " + noted.text());
    }
  }

  /** Ends the redrawing; what still runs stays as plain lines. */
  @Override
  public synchronized void close() {
    if (ticker != null) {
      ticker.shutdownNow();
      ticker = null;
    }
    region.draw(List.of());
    for (LiveStep step : roots) {
      long now = nanoTime.getAsLong();
      narration.println(
          style.odd("stop")
              + " "
              + step.title
              + ", not ended after "
              + Seconds.text((now - step.since) / 1e9));
    }
    roots.clear();
  }

  /** Draws what runs now; nothing where nothing runs. */
  synchronized void draw() {
    WindowSize window = region.size();
    region.draw(new Frame(style, window, nanoTime.getAsLong()).running(roots));
  }

  private void start(String title, long now) {
    LiveStep step = new LiveStep(title, Thread.currentThread().getId(), now);
    LiveStep around = roots.isEmpty() ? null : roots.get(roots.size() - 1);
    (around == null ? roots : around.children).add(step);
    if (ticker == null && paceMillis > 0) {
      ticker = Executors.newSingleThreadScheduledExecutor(LiveProgress::daemon);
      ticker.scheduleWithFixedDelay(this::draw, paceMillis, paceMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void end(String title, State how, double seconds) {
    LiveStep step =
        running().stream().filter(one -> one.title.equals(title)).findFirst().orElse(null);
    if (step == null) {
      return;
    }
    step.end(how, seconds);
    if (roots.remove(step)) {
      WindowSize window = region.size();
      region.draw(List.of());
      new Frame(style, window, nanoTime.getAsLong())
          .ended(step, 0)
          .forEach(line -> narration.println(line.text()));
    }
  }

  /** The steps that run, innermost first. */
  private List<LiveStep> running() {
    List<LiveStep> running = new ArrayList<>();
    for (LiveStep root : roots) {
      root.children.stream().filter(child -> child.state == State.RUNNING).forEach(running::add);
      running.add(root);
    }
    return running;
  }

  /** Whose event it is: the step's that names the thing, else the thread's, else the innermost. */
  private Optional<LiveStep> step(String named) {
    List<LiveStep> running = running();
    long thread = Thread.currentThread().getId();
    return running.stream()
        .filter(step -> !named.isEmpty() && step.title.contains(named))
        .findFirst()
        .or(() -> running.stream().filter(step -> step.thread == thread).findFirst())
        .or(() -> running.stream().findFirst());
  }

  private void count(Counted counted, long now) {
    String what = counted.what();
    boolean percent = what.endsWith(", percent");
    String thing = percent ? what.substring(0, what.length() - ", percent".length()) : what;
    String text =
        percent
            ? thing + ": " + counted.done() + " %"
            : thing + ": " + counted.done() + " of " + counted.total();
    State how = counted.done() >= counted.total() ? State.DONE : State.RUNNING;
    step(thing).ifPresent(step -> step.put("count " + thing, text, how, now));
  }

  /** Only what is broken is shown as broken: what was skipped or is to be done is neither. */
  private static void countChecked(LiveStep step, CheckStatus status, long now) {
    switch (status) {
      case PASSED -> countChecked(step, "steps hold", State.DONE, now);
      case FAILED, LATE, PENDING -> countChecked(step, "steps do not hold", State.FAILED, now);
      case ADVICE -> countChecked(step, "steps could be better", State.DONE, now);
      case SKIPPED, UNSUPPORTED, TO_DO, NOT_BUILT ->
          countChecked(step, "steps were not looked at", State.DONE, now);
    }
  }

  private static void countChecked(LiveStep step, String what, State how, long now) {
    String key = "checked " + what;
    LiveStep.Part before = step.parts.get(key);
    long many = before == null ? 1 : Long.parseLong(before.text().replaceFirst(" .*", "")) + 1;
    step.put(key, many + " " + what, how, now);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "live-view");
    thread.setDaemon(true);
    return thread;
  }
}
