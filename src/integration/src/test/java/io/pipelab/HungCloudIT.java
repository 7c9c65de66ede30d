package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the embedded cloud with SIGSTOP: no command waits for it, and each says what to do. */
class HungCloudIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path xdg;

  @AfterEach
  void stop() throws Exception {
    new Launched(xdg).run("local", "stop");
  }

  @Test
  void noCommandWaitsForAStoppedCloud() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc tells of it");
    Launched launched = new Launched(xdg);
    assertEquals(0, launched.run("local", "start", "--port", "0").exitCode());
    long pid =
        new ObjectMapper()
            .readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile())
            .path("pid")
            .asLong();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + pid).start().waitFor());

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
  }
}
