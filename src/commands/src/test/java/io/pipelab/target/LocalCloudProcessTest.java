package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the state file of the embedded cloud may be found to hold. */
class LocalCloudProcessTest {
  @TempDir Path folder;

  @Test
  void nothingRunsWithoutAStateFile() {
    assertNull(cloud().look().running());
    assertNull(cloud().look().gone());
    assertFalse(cloud().stop(line -> {}));
  }

  @Test
  void garbageIsNoCloud() throws IOException {
    Files.writeString(folder.resolve("cloud.json"), "garbage");
    assertNull(cloud().look().running());
    assertNull(cloud().look().gone());
    Files.writeString(folder.resolve("cloud.json"), "{\"pid\": 1}");
    assertNull(cloud().look().gone());
  }

  @Test
  void aProcessThatGotTheNumberIsLeftAlone() throws IOException {
    state(ProcessHandle.current().pid(), Instant.parse("2026-01-01T00:00:00Z"), 4566);
    assertNull(cloud().look().running());
    assertNotNull(cloud().look().gone());
    List<String> said = new ArrayList<>();
    assertFalse(cloud().stop(said::add));
    assertTrue(said.isEmpty(), said::toString);
    assertNull(cloud().look().gone(), "forgotten");
  }

  @Test
  void theCloudItselfIsKnownByItsStartTime() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      state(ProcessHandle.current(), door.getLocalPort());
      CloudState running = cloud().look().running();
      assertNotNull(running);
      assertEquals(ProcessHandle.current().pid(), running.pid());
    }
  }

  @Test
  void aProcessWhosePortIsClosedIsEnding() throws IOException {
    int port;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = door.getLocalPort();
    }
    state(ProcessHandle.current(), port);
    assertNull(cloud().look().running());
    assertNotNull(cloud().look().gone());
  }

  @Test
  void aProcessThatOnlyWaitsForItsParentHasEnded() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "/proc tells of it");
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try (BufferedReader out = parent.inputReader();
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      state(child, door.getLocalPort());
      assertNotNull(cloud().look().running());
      // Until then the parent is a shell, which asks for its child's exit code.
      Soon.that(
          "the shell became sleep",
          () ->
              Arrays.equals(parent.info().arguments().orElse(new String[0]), new String[] {"600"}));
      assertTrue(child.destroyForcibly());
      Soon.that("a zombie", () -> LinuxProcess.isZombie(child.pid()));
      assertNull(cloud().look().running());
      assertNotNull(cloud().look().gone());
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    LocalCloudProcess cloud =
        new LocalCloudProcess(file.resolve("pipelab/local"), file, new CloudJvm("", "none", ""));
    Failure failure =
        assertThrows(
            Failure.class,
            () -> cloud.start(new LocalCloudProcess.StartOptions(0, 1, "us-east-1"), line -> {}));
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertTrue(failure.what().contains(file.toString()), failure.what());
  }

  private void state(ProcessHandle process, int port) throws IOException {
    state(process.pid(), process.info().startInstant().orElseThrow(), port);
  }

  private void state(long pid, Instant startedAt, int port) throws IOException {
    Files.writeString(
        folder.resolve("cloud.json"),
        """
        {"pid": %d, "startedAt": "%s", "endpoint": "http://127.0.0.1:%d",
         "region": "us-east-1", "speed": 20, "version": "test"}
        """
            .formatted(pid, startedAt, port));
  }

  private LocalCloudProcess cloud() {
    return new LocalCloudProcess(folder, folder.resolve("cache"), new CloudJvm("", "none", ""));
  }
}
