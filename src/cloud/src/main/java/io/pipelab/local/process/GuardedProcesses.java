package io.pipelab.local.process;

import io.pipelab.local.kernel.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Child processes that end with the cloud, also when the cloud is killed.
 *
 * <p>{@link Process#destroy()} sends SIGTERM to the program itself; when the program ends, whatever
 * is left of its process group is killed, as in a container whose first process ends.
 */
public final class GuardedProcesses implements ChildProcesses, AutoCloseable {
  private final Duration grace;
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * @param grace how long {@link #close()} waits between SIGTERM and SIGKILL, in real time
   */
  public GuardedProcesses(Duration grace) {
    this.grace = grace;
  }

  /**
   * Starts a child; a program named by a path must be executable, and one named without a path that
   * is not found ends with exit code 127, as in a shell.
   *
   * @throws IOException if the program, the directory or the guard cannot be started
   */
  @Override
  public Process start(
      List<String> command, Map<String, String> environment, Path directory, int cpu)
      throws IOException {
    Path program = directory.resolve(command.get(0));
    if (command.get(0).contains("/") && !Files.isExecutable(program)) {
      throw new IOException("no executable program " + command.get(0));
    }
    ProcessBuilder builder =
        new ProcessBuilder(GuardedCommand.of(command, environment, cpu))
            .directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return register(builder);
  }

  private synchronized Process register(ProcessBuilder builder) throws IOException {
    if (closed) {
      throw new IOException("the embedded cloud is shutting down");
    }
    Process process = new GuardedProcess(builder.start());
    alive.add(process);
    process.onExit().thenAccept(alive::remove);
    return process;
  }

  /** Ends all children, SIGTERM first, and waits until they are gone. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    List<Process> left = List.copyOf(alive);
    left.forEach(Process::destroy);
    long end = System.nanoTime() + grace.toNanos();
    try {
      for (Process process : left) {
        if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      }
      for (Process process : left) {
        process.waitFor();
      }
    } catch (InterruptedException e) {
      left.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
