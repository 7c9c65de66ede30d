package io.pipelab.local.ecs.container;

import io.pipelab.local.kernel.FileTree;
import io.pipelab.local.process.OutputLines;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A container's process; its output goes, line by line, to whoever logs it. */
public final class RunningContainer {
  private static final System.Logger LOG = System.getLogger(RunningContainer.class.getName());

  /** Where Docker, and with it the awslogs driver, cuts a line. */
  private static final int LONGEST_LINE = 16 * 1024;

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Process process;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<Integer> exit;

  /**
   * Watches a process that was started.
   *
   * @param log takes lines, from two threads
   * @param scratch the container's own folder, deleted when it has ended
   */
  RunningContainer(String name, Process process, Consumer<List<String>> log, Path scratch) {
    this.process = process;
    CompletableFuture<?> out = pump(name + "-out", process.getInputStream(), log);
    CompletableFuture<?> err = pump(name + "-err", process.getErrorStream(), log);
    // The last lines belong before the exit; a grandchild that keeps the pipe open must not.
    this.exit =
        process
            .onExit()
            .thenCompose(
                ended ->
                    CompletableFuture.allOf(out, err)
                        .completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS))
            .thenApplyAsync(
                done -> {
                  delete(scratch);
                  return process.exitValue();
                });
  }

  private static CompletableFuture<?> pump(
      String name, InputStream stream, Consumer<List<String>> log) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                new OutputLines(stream, LONGEST_LINE)
                    .forEachBatch(lines -> write(name, lines, log));
              } catch (IOException e) {
                LOG.log(Level.WARNING, "the output of " + name + " cannot be read", e);
              } finally {
                done.complete(true);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** A log that fails, its group deleted say, must not stop the program at a full pipe. */
  private static void write(String name, List<String> lines, Consumer<List<String>> log) {
    try {
      log.accept(lines);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the output of " + name + " cannot be logged: " + e.getMessage());
    }
  }

  private static void delete(Path scratch) {
    try {
      FileTree.delete(scratch);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete " + scratch, e);
    }
  }

  /** The exit code, 128 and the signal's number for a process that was killed. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  public long pid() {
    return process.pid();
  }

  /** CPU time so far; zero when the platform does not tell. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** When it was started, by {@link System#nanoTime()}. */
  public long startedNanos() {
    return startedNanos;
  }

  /** Resident memory in MiB; zero when the platform does not tell. */
  public double residentMiB() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
      return 0;
    } catch (IOException e) {
      // The process has just ended, or this is not a Linux.
      return 0;
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }
}
