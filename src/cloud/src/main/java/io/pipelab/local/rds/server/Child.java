package io.pipelab.local.rds.server;

import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.process.OutputLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A child of the cloud whose last lines are kept: they tell why it ended. */
final class Child {
  private static final int LONGEST_LINE = 4 * 1024;
  private static final int KEPT_LINES = 200;

  private final Process process;
  private final Deque<String> lines = new ArrayDeque<>();
  private final CompletableFuture<Void> output;
  private final CompletableFuture<Boolean> said = new CompletableFuture<>();
  private final String awaited;

  private Child(Process process, String awaited) {
    this.process = process;
    this.awaited = awaited;
    this.output =
        CompletableFuture.allOf(read(process.getInputStream()), read(process.getErrorStream()));
  }

  /**
   * Starts a child.
   *
   * @param awaited text of a line for which {@link #hasSaid()} waits
   */
  static Child start(
      ChildProcesses processes,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      String awaited)
      throws IOException {
    Child child = new Child(processes.start(command, environment, directory), awaited);
    child.output.whenComplete((done, failed) -> child.said.complete(false));
    return child;
  }

  /** Whether the awaited line has come; false when the child's output has ended without it. */
  CompletableFuture<Boolean> hasSaid() {
    return said;
  }

  /** Waits for its end and that of its output; its exit code. */
  int await() throws InterruptedException {
    int code = process.waitFor();
    output.join();
    return code;
  }

  Process process() {
    return process;
  }

  /** What it printed last. */
  List<String> lastLines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private CompletableFuture<Void> read(InputStream stream) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                new OutputLines(stream, LONGEST_LINE).forEachBatch(this::add);
                end.complete(null);
              } catch (IOException e) {
                end.completeExceptionally(new UncheckedIOException(e));
              }
            },
            "database-output");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private void add(List<String> batch) {
    synchronized (lines) {
      batch.forEach(lines::addLast);
      while (lines.size() > KEPT_LINES) {
        lines.removeFirst();
      }
    }
    if (batch.stream().anyMatch(line -> line.contains(awaited))) {
      said.complete(true);
    }
  }
}
