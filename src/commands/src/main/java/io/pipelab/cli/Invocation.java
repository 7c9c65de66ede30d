package io.pipelab.cli;

import io.pipelab.report.Terminal;
import io.pipelab.report.VisibleText;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one start of pipelab was given by its surroundings.
 *
 * @param command how the user starts pipelab, for commands that are printed to be pasted: {@code
 *     bin/pipelab}
 * @param home the folder that holds {@code templates} and {@code target}
 */
public record Invocation(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    Path home,
    String version,
    String command) {

  /** The same, with streams in which no text can steer the terminal. */
  Invocation visible() {
    return new Invocation(
        environment,
        in,
        VisibleText.stream(out),
        VisibleText.stream(err),
        terminal,
        home,
        version,
        command);
  }
}
