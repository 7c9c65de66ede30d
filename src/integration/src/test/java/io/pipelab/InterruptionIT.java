package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends {@code up} while a stack is being created: it says what goes on without it and what to do
 * then, and what it says is true.
 */
class InterruptionIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final long MOST_MINUTES = 5;

  @TempDir static Path xdg;

  @AfterAll
  static void stopTheCloud() throws Exception {
    assertEquals(0, start("local", "stop").waitFor());
  }

  @Test
  void whatIsUnderWayIsSaidAndCanBeRemoved() throws Exception {
    Process up = start("up", "decoupling");
    StringBuilder told = new StringBuilder();
    try (BufferedReader err = up.errorReader(StandardCharsets.UTF_8)) {
      boolean ended = false;
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        told.append(line).append('\n');
        if (!ended && line.contains("CREATE_IN_PROGRESS")) {
          ended = up.toHandle().destroy(); // SIGTERM
        }
      }
    }
    assertTrue(up.waitFor(MOST_MINUTES, TimeUnit.MINUTES), "it did not end: " + told);
    assertEquals(143, up.exitValue(), told.toString());
    assertTrue(told.toString().contains("pipelab: interrupted"), told.toString());
    // On a machine with much to do the stack is there before the signal is.
    boolean stands = told.toString().contains("done Deploy stack pipelab-decoupling-foundation");
    String outcome =
        stands ? "foundation stands, what comes after it may not" : "goes on without pipelab";
    assertTrue(told.toString().contains(outcome), told.toString());
    assertTrue(told.toString().contains("'pipelab down decoupling' removes it"), told.toString());

    Process down = start("down", "decoupling");
    String result = new String(down.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, down.waitFor(), result);
    assertTrue(result.contains("nothing of it is left"), result);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/pipelab").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    if (!arguments[0].equals("up")) {
      builder.redirectError(Files.createTempFile(xdg, "told", ".txt").toFile());
    }
    builder.environment().clear();
    builder.environment().putAll(Shell.in(xdg));
    return builder.start();
  }
}
