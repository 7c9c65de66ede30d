package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudPortTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  @Test
  void anExplicitPortThatIsTakenFails() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();
      Failure failure = assertThrows(Failure.class, () -> ports().choose(taken, said::add));
      assertEquals(Failure.Kind.USAGE, failure.kind());
      assertTrue(failure.what().contains("port " + taken + " is taken"), failure.what());
    }
    assertEquals(0, ports().choose(0, said::add));
    assertTrue(said.isEmpty(), said::toString);
  }

  @Test
  void aRestartTakesItsOldPortWhenThatIsFree() throws IOException {
    int old;
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      old = other.getLocalPort();
      ports().remember(old);
      int chosen = ports().choose(null, said::add);
      assertTrue(chosen == 0 || chosen == LocalCloudProcess.DEFAULT_PORT, "" + chosen);
      assertTrue(said.get(0).startsWith("port " + old + " is taken"), said::toString);
    }
    assertEquals(old, ports().choose(null, said::add));
  }

  private CloudPort ports() {
    return new CloudPort(folder);
  }
}
