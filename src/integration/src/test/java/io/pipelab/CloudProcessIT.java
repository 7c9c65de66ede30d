package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded cloud as a process of the machine: what it is given, and when it hangs. */
class CloudProcessIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir static Path xdg;
  private static Launched launched;
  private static Launched.Ended start;
  private static long pid;

  @BeforeAll
  static void startCloud() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "looks at a process in /proc");
    launched = new Launched(xdg).with("GITHUB_TOKEN", "secret-of-the-shell");
    start = launched.run("local", "start", "--port", "0");
    assertEquals(0, start.exitCode(), start.told());
    Path state = xdg.resolve("state/pipelab/local/cloud.json");
    pid = new ObjectMapper().readTree(state.toFile()).path("pid").asLong();
  }

  @AfterAll
  static void stop() throws Exception {
    if (launched != null) {
      launched.run("local", "stop");
    }
  }

  /** Every function could read it there. */
  @Test
  void itHasNoVariableOfTheShellThatItDoesNotNeed() throws Exception {
    assertFalse(start.out().contains("OPEN TO EVERY USER"), start.told());
    String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
    assertFalse(environment.contains("secret-of-the-shell"), "the shell's token");
    List<String> names =
        Arrays.stream(environment.split("\0")).map(each -> each.split("=")[0]).toList();
    assertTrue(names.contains("PATH"), names.toString());
    assertFalse(names.contains("XDG_STATE_HOME"), names.toString());
  }

  /** Stopped with SIGSTOP: no command waits for it, and each says what to do. */
  @Test
  void noCommandWaitsForAStoppedCloud() throws Exception {
    signal("STOP");
    try {
      Map<String, Launched.Started> all = new LinkedHashMap<>();
      for (String command :
          List.of("status", "labs", "doctor", "local start", "local status", "verify", "down")) {
        all.put(command, launched.start(command.split(" ")));
      }
      for (Map.Entry<String, Launched.Started> each : all.entrySet()) {
        Launched.Ended ended = each.getValue().end(LONG);
        assertEquals(4, ended.exitCode(), each.getKey() + ": " + ended.told());
        assertTrue(ended.told().contains("kill -CONT " + pid), each.getKey() + ": " + ended.told());
      }
    } finally {
      signal("CONT");
    }
  }

  private static void signal(String name) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }
}
