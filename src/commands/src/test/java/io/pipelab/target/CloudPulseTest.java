package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud that answers, one that says nothing, one that is stopped, and one that is gone. */
class CloudPulseTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path folder;

  @Test
  void anyAnswerWillDo() throws Exception {
    try (ServerSocket door = door()) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(() -> answer(door, "HTTP/1.1 403 Forbidden\r\n\r\n"));
      CloudPulse pulse = new CloudPulse(cloud(ProcessHandle.current(), door.getLocalPort()));
      assertTrue(pulse.trouble().isEmpty());
      answering.join();
    }
  }

  @Test
  void silenceHasAnEnd() throws IOException {
    try (ServerSocket door = door()) {
      CloudPulse pulse = new CloudPulse(cloud(ProcessHandle.current(), door.getLocalPort()), SHORT);
      Failure trouble = pulse.trouble().orElseThrow();
      assertEquals(Failure.Kind.UNREACHABLE, trouble.kind());
      assertTrue(trouble.what().contains("does not answer"), trouble.what());
      assertTrue(String.valueOf(trouble.why()).contains("said nothing"), trouble.why());
      assertTrue(pulse.listens());
    }
  }

  @Test
  void aStoppedProcessIsNamed() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "/proc tells of it");
    Process process = new ProcessBuilder("sleep", "600").start();
    try (ServerSocket door = door()) {
      assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor());
      Soon.that("it is stopped", () -> LinuxProcess.isStopped(process.pid()));
      Failure trouble =
          new CloudPulse(cloud(process.toHandle(), door.getLocalPort())).trouble().orElseThrow();
      assertEquals("'kill -CONT " + process.pid() + "' lets it go on", trouble.next());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aClosedPortIsAnEnd() throws IOException {
    int port;
    try (ServerSocket door = door()) {
      port = door.getLocalPort();
    }
    CloudPulse pulse = new CloudPulse(cloud(ProcessHandle.current(), port));
    assertFalse(pulse.listens());
    assertTrue(pulse.trouble().orElseThrow().what().contains("has ended"));
  }

  @Test
  void aCloudThatRanOutOfMemorySaysSo() throws IOException {
    CloudState cloud = cloud(ProcessHandle.current(), 1);
    assertFalse(CloudEnd.text(cloud).contains("memory"));
    Files.writeString(
        cloud.log(), "x\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n");
    assertTrue(CloudEnd.text(cloud).contains("ran out of memory"));
    assertTrue(String.valueOf(CloudEnd.duringUse(cloud).why()).contains("ran out of memory"));
  }

  private static ServerSocket door() throws IOException {
    return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  private static void answer(ServerSocket door, String text) {
    try (Socket socket = door.accept()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CloudState cloud(ProcessHandle process, int port) {
    return new CloudState(
        process.pid(),
        process.info().startInstant().orElseThrow(),
        URI.create("http://127.0.0.1:" + port),
        "us-east-1",
        1,
        "test",
        folder.resolve("cloud.log"),
        true,
        true);
  }
}
