package io.pipelab;

import io.pipelab.Launched.Ended;
import io.pipelab.cli.Invocation;
import io.pipelab.cli.Pipelab;
import io.pipelab.report.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The command as a user types it, in this JVM: for tests of what it does, not of how it starts. It
 * cannot start a cloud.
 */
final class InProcess {
  private static final Path HOME = Path.of("").toAbsolutePath();

  private final Map<String, String> environment;

  /**
   * @param environment all variables that the command sees
   */
  InProcess(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * With XDG folders of its own, as {@link Launched} has them: it finds a cloud that runs there.
   */
  static InProcess in(Path xdg) {
    return new InProcess(Shell.in(xdg));
  }

  Ended run(String... arguments) {
    return run("", arguments);
  }

  /**
   * The same, with something to read.
   *
   * @param in standard input
   */
  Ended run(String in, String[] arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Invocation invocation =
        new Invocation(
            environment,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.none(),
            HOME,
            "test",
            HOME.resolve("bin/pipelab").toString());
    int exitCode = new Pipelab(invocation).run(arguments);
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
