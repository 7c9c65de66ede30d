package io.pipelab.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts the embedded cloud's process and waits until it answers. */
final class CloudLaunch {
  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final int LOG_LINES_SHOWN = 3;

  private final Path folder;
  private final Path cache;
  private final CloudJvm jvm;

  CloudLaunch(Path folder, Path cache, CloudJvm jvm) {
    this.folder = folder;
    this.cache = cache;
    this.jvm = jvm;
  }

  static Path log(Path folder) {
    return folder.resolve("cloud.log");
  }

  /** What the embedded cloud's main class is given. */
  List<String> arguments(LocalCloudProcess.StartOptions options) {
    return List.of(
        "--port", String.valueOf(options.port()),
        "--speed", String.valueOf(options.speed()),
        "--region", options.region(),
        "--state-dir", folder.toString(),
        "--cache-dir", cache.toString(),
        "--iam", options.iam() ? "on" : "off");
  }

  CloudState start(LocalCloudProcess.StartOptions options) {
    try {
      PrivateFiles.createEmpty(log(folder));
      CloudProgram program = jvm.program(folder);
      program.install();
      ClassArchive archive = jvm.archive(program);
      archive.discard();
      List<String> command = jvm.command(program, archive.flags(), arguments(options));
      ProcessBuilder builder =
          new ProcessBuilder(CloudJvm.detached(command))
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
      jvm.clean(builder.environment());
      Process process = builder.start();
      // Closed once the cloud is ready: nobody reads on, and a full pipe would stop it.
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        awaitReady(process, output);
      }
      return CloudState.read(folder).orElseThrow(() -> notStarted("it wrote no state file"));
    } catch (IOException e) {
      throw notStarted(e.toString());
    }
  }

  /** The command line of a cloud that stays in the foreground. */
  List<String> foreground(LocalCloudProcess.StartOptions options) {
    try {
      CloudProgram program = jvm.program(folder);
      program.install();
      return jvm.command(program, jvm.archive(program).readingFlags(), arguments(options));
    } catch (IOException e) {
      throw notStarted(e.toString());
    }
  }

  /** Runs that command line until it ends, or this process does. */
  int run(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      jvm.clean(builder.environment());
      Process process = builder.start();
      Thread follow =
          new Thread(
              () -> {
                process.destroy();
                process.onExit().join();
              },
              "end-embedded-cloud");
      Runtime.getRuntime().addShutdownHook(follow);
      return process.waitFor();
    } catch (IOException e) {
      throw notStarted(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notStarted("the wait for its end was interrupted");
    }
  }

  /** The cloud prints one line that starts with {@code ready} when it answers. */
  private void awaitReady(Process process, BufferedReader output) {
    FutureTask<Boolean> ready =
        new FutureTask<>(() -> output.lines().anyMatch(line -> line.startsWith("ready")));
    Thread reader = new Thread(ready, "embedded-cloud-start");
    reader.setDaemon(true);
    reader.start();
    try {
      if (!ready.get(START_TIME.toSeconds(), TimeUnit.SECONDS)) {
        throw notStarted("its process ended with exit code " + process.waitFor());
      }
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw notStarted("it was not ready within " + START_TIME.toSeconds() + " s");
    } catch (ExecutionException e) {
      process.destroyForcibly();
      throw notStarted(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notStarted("the wait for it was interrupted");
    }
  }

  private Failure notStarted(String why) {
    String lines = lastLines();
    boolean full = (why + lines).contains("No space left");
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "the embedded cloud did not start: " + why,
        lines,
        full
            ? "the disk of " + folder + " is full: make room, or set XDG_STATE_HOME to another"
            : "its log is " + log(folder) + "; 'pipelab doctor' looks for common causes");
  }

  private String lastLines() {
    try (Stream<String> lines = Files.lines(log(folder), StandardCharsets.UTF_8)) {
      List<String> all = lines.filter(line -> !line.isBlank()).toList();
      return String.join(" | ", all.subList(Math.max(0, all.size() - LOG_LINES_SHOWN), all.size()));
    } catch (IOException | UncheckedIOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
