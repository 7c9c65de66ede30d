package io.pipelab.cli;

import io.pipelab.report.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Runs command lines in this JVM, with folders and an environment of their own. */
final class InProcess {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> names = new TreeMap<>();
  private Terminal terminal = Terminal.none();

  InProcess(Path folder) {
    this.folder = folder;
    environment.put("HOME", folder.toString());
    names.put(folder.toString(), "TMP");
    names.put(Path.of("").toAbsolutePath().toString(), "HOME");
  }

  /** Sets an environment variable. */
  InProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  InProcess on(Terminal other) {
    terminal = other;
    return this;
  }

  /** Shows a name in a text's place, because it changes from run to run. */
  InProcess naming(String text, String name) {
    names.put(text, name);
    return this;
  }

  /** What a command printed. */
  record Outcome(int exit, String out, String err) {}

  Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(new byte[0]);
    Invocation invocation =
        new Invocation(
            environment,
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            Path.of("").toAbsolutePath(),
            "1.0",
            "pipelab");
    int exit = new Pipelab(invocation).run(args);
    return new Outcome(exit, text(out), text(err));
  }

  /** The command line and all that came of it, as a golden file shows it. */
  String transcript(String... args) {
    Outcome outcome = run(args);
    return "$ pipelab "
        + stable(String.join(" ", args))
        + "\n"
        + section("stdout", outcome.out())
        + section("stderr", outcome.err())
        + "exit "
        + outcome.exit()
        + "\n";
  }

  private static String section(String name, String text) {
    return text.isEmpty() ? "" : "-- " + name + "\n" + text + (text.endsWith("\n") ? "" : "\n");
  }

  private String text(ByteArrayOutputStream bytes) {
    return stable(bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }

  private String stable(String text) {
    String result = text.replaceAll("\\b[0-9]+(\\.[0-9])? s\\b", "T s");
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }
}
