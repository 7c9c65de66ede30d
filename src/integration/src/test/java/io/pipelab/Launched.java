package io.pipelab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command as a user starts it, through {@code bin/pipelab}, with XDG folders of its own. */
final class Launched {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Duration MOST = Duration.ofMinutes(10);

  private final Path xdg;
  private final Map<String, String> variables = new HashMap<>();
  private int count;

  Launched(Path xdg) {
    this.xdg = xdg;
  }

  /** What a command printed, and how it ended. */
  record Ended(int exitCode, String out, String err) {
    String told() {
      return "exit code " + exitCode + "\n" + out + "\n" + err;
    }
  }

  /** A command that runs. */
  record Started(Process process, Path out, Path err) {
    boolean hasSaid(String text) {
      return read(out).contains(text) || read(err).contains(text);
    }

    Ended end(Duration within) throws InterruptedException {
      if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end within " + within + "\n" + read(out) + read(err));
      }
      return new Ended(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether the user's shell finds a program. */
  static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Sets a variable of the shell. */
  Launched with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end(MOST);
  }

  /** A script of a user's shell, in which {@code $pipelab} is the command. */
  Ended shell(Path folder, String script) throws IOException, InterruptedException {
    String pipelab = "pipelab='" + HOME.resolve("bin/pipelab") + "'\n";
    return start(folder, List.of("sh", "-c", pipelab + script)).end(MOST);
  }

  Started start(String... arguments) throws IOException {
    return startIn(HOME, arguments);
  }

  /** Starts it in a folder, where it may leave files. */
  Started startIn(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/pipelab").toString()));
    command.addAll(List.of(arguments));
    return start(folder, command);
  }

  private Started start(Path folder, List<String> command) throws IOException {
    count++;
    Path out = xdg.resolve(count + ".out");
    Path err = xdg.resolve(count + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Shell.in(xdg));
    environment.putAll(variables);
    return new Started(builder.start(), out, err);
  }
}
