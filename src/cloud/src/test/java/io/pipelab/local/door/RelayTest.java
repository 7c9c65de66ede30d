package io.pipelab.local.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipelab.local.process.GuardedProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RelayTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Path BASH = Path.of("/bin/bash");

  private ServerSocket behind;
  @TempDir Path folder;

  @BeforeEach
  void listen() throws IOException {
    behind = new ServerSocket(0, 5, LOOPBACK);
  }

  @AfterEach
  void close() throws IOException {
    behind.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(new InetSocketAddress(LOOPBACK, behind.getLocalPort()));
  }

  private Relay relay(Relay.Gate gate) throws IOException {
    return Relay.open(0, gate, this::connect);
  }

  @Test
  void bytesPassBothWaysAndAnEndIsPassedOn() throws Exception {
    try (Relay relay = relay(peer -> true);
        Socket client = new Socket(LOOPBACK, relay.port());
        Socket server = behind.accept()) {
      client.getOutputStream().write("ask".getBytes());
      assertEquals("ask", new String(server.getInputStream().readNBytes(3)));
      server.getOutputStream().write("answer".getBytes());
      assertEquals("answer", new String(client.getInputStream().readNBytes(6)));
      server.close();
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void itListensOnLoopbackAloneAndElsewhereWhenThePortIsTaken() throws Exception {
    try (Relay first = relay(peer -> true);
        Relay second = Relay.open(first.port(), peer -> true, this::connect)) {
      assertNotEquals(first.port(), second.port());
      try (Socket client = new Socket(LOOPBACK, second.port())) {
        assertTrue(client.getInetAddress().isLoopbackAddress());
      }
    }
  }

  @Test
  void nothingBehindIsARefusedConnection() throws Exception {
    behind.close();
    try (Relay relay = relay(peer -> true);
        Socket client = new Socket(LOOPBACK, relay.port())) {
      assertThrows(SocketException.class, () -> client.getInputStream().read());
    }
  }

  @Test
  void whoIsNotAdmittedHearsNothing() throws Exception {
    try (Relay relay = relay(peer -> false);
        Socket client = new Socket(LOOPBACK, relay.port())) {
      client.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    }
  }

  @Test
  void theGateIsToldWhichChildConnects() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "only Linux tells");
    assumeTrue(Files.isExecutable(BASH), "no bash, which can connect by itself");
    CompletableFuture<OptionalLong> session = new CompletableFuture<>();
    CompletableFuture<Process> child = new CompletableFuture<>();
    try (GuardedProcesses processes = new GuardedProcesses(Duration.ofSeconds(1));
        Relay relay =
            relay(
                peer -> {
                  session.complete(peer.session(Set.of(child.join().pid(), 1L)));
                  return false;
                })) {
      // A process of the child's connects, not the child itself.
      String connect = "(exec 3<>/dev/tcp/127.0.0.1/" + relay.port() + "; read -r x <&3); wait";
      child.complete(
          processes.start(
              List.of(BASH.toString(), "-c", connect), Map.of("PATH", "/usr/bin:/bin"), folder));
      assertEquals(OptionalLong.of(child.join().pid()), session.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void whoIsNoChildHasNoSession() throws Exception {
    CompletableFuture<OptionalLong> session = new CompletableFuture<>();
    try (Relay relay =
            relay(
                peer -> {
                  session.complete(peer.session(Set.of(1L)));
                  return false;
                });
        Socket client = new Socket(LOOPBACK, relay.port())) {
      assertTrue(client.isConnected());
      assertEquals(OptionalLong.empty(), session.get(30, TimeUnit.SECONDS));
    }
  }
}
