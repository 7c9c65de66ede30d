package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every function could read in the cloud's process: nothing of the shell that started it. */
class ShellSecretsIT {
  @TempDir Path xdg;

  @AfterEach
  void stop() throws Exception {
    new Launched(xdg).run("local", "stop");
  }

  @Test
  void theCloudsProcessHasNoVariableOfTheShellThatItDoesNotNeed() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "looks at a process in /proc");
    Launched launched = new Launched(xdg).with("GITHUB_TOKEN", "secret-of-the-shell");
    Launched.Ended start = launched.run("local", "start");
    assertEquals(0, start.exitCode(), start.told());
    assertFalse(start.out().contains("OPEN TO EVERY USER"), start.told());

    Path state = xdg.resolve("state/pipelab/local/cloud.json");
    long pid = new ObjectMapper().readTree(state.toFile()).path("pid").asLong();
    String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
    assertFalse(environment.contains("secret-of-the-shell"), "the shell's token");
    List<String> names =
        Arrays.stream(environment.split("\0")).map(each -> each.split("=")[0]).toList();
    assertTrue(names.contains("PATH"), names.toString());
    assertFalse(names.contains("XDG_STATE_HOME"), names.toString());
  }
}
