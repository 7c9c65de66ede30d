package io.pipelab.local.lambda.execution;

import io.pipelab.local.lambda.runtime.FunctionOutput;
import io.pipelab.local.process.OutputLines;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Carries one output stream of a function's process to its log, in a thread of its own. */
final class OutputReader {
  /** What one log event may have, as CloudWatch Logs' quota "Event size" gives it. */
  static final int LONGEST_EVENT = 256 * 1024;

  private static final System.Logger LOG = System.getLogger(OutputReader.class.getName());
  private static final long PATIENCE_SECONDS = 2;

  /** How long nothing comes before it counts as all: what was printed is in the pipe already. */
  private static final long QUIET_MILLIS = 5;

  /** The end of one invocation's output, which somebody will wait for. */
  private record Mark(String line, CompletableFuture<Boolean> seen) {}

  private final OutputLines lines;
  private final EnvironmentLog log;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final AtomicLong batches = new AtomicLong();
  private volatile Mark expected = new Mark("", new CompletableFuture<>());

  private OutputReader(InputStream stream, EnvironmentLog log) {
    this.lines = new OutputLines(stream, LONGEST_EVENT);
    this.log = log;
  }

  static OutputReader start(InputStream stream, EnvironmentLog log) {
    OutputReader reader = new OutputReader(stream, log);
    Thread thread = new Thread(reader::run, "lambda-output");
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  private void run() {
    try {
      lines.forEachBatch(
          batch -> {
            take(batch);
            batches.incrementAndGet();
          });
    } catch (IOException e) {
      // The process ended and took its end of the pipe with it.
      append(List.of("pipelab: the function's output ends here: " + e.getMessage()));
    } finally {
      ended.complete(true);
    }
  }

  private void take(List<String> batch) {
    List<String> events = new ArrayList<>();
    for (String line : batch) {
      if (line.startsWith(FunctionOutput.END_MARK)) {
        append(events);
        events.clear();
        Mark mark = expected;
        if (line.equals(mark.line())) {
          mark.seen().complete(true);
        }
      } else {
        events.add(line.replace(FunctionOutput.INNER_LINE_END, '\n'));
      }
    }
    append(events);
  }

  /** A log that fails must not stop the function at a full pipe. */
  private void append(List<String> events) {
    try {
      if (!events.isEmpty()) {
        log.append(List.copyOf(events));
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "a function's output cannot be logged", e);
    }
  }

  /** Looks out for the end of an invocation's output, from before its event is handed over. */
  void expect(String requestId) {
    expected = new Mark(FunctionOutput.END_MARK + requestId, new CompletableFuture<>());
  }

  /** Completes when all that was printed for the expected invocation is in the log. */
  CompletableFuture<?> marked() {
    return patiently(
        expected.seen(), "pipelab: the function's output did not end with its invocation");
  }

  /** Completes when nothing more comes of what was printed so far, as far as that can be seen. */
  CompletableFuture<?> quiet() {
    return quiet(System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
  }

  private CompletableFuture<Boolean> quiet(long end) {
    long before = batches.get();
    return ended
        .copy()
        .completeOnTimeout(false, QUIET_MILLIS, TimeUnit.MILLISECONDS)
        .thenCompose(
            over ->
                over || batches.get() == before || System.nanoTime() - end >= 0
                    ? CompletableFuture.completedFuture(over)
                    : quiet(end));
  }

  /** Completes when all that an ended process has printed is in the log. */
  CompletableFuture<?> ended() {
    return patiently(ended, "pipelab: the function's output did not end with its process");
  }

  /** Waits some time, and then says in the log what did not come. */
  private CompletableFuture<?> patiently(CompletableFuture<Boolean> wait, String otherwise) {
    return wait.isDone()
        ? wait
        : wait.copy()
            .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
            .thenAccept(
                came -> {
                  if (!came) {
                    append(List.of(otherwise));
                  }
                });
  }
}
