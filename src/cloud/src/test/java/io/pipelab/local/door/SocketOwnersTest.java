package io.pipelab.local.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on this machine, with sockets of ours. */
class SocketOwnersTest {
  private static final Path SELF = Path.of("/proc/self");
  private final SocketOwners owners = new SocketOwners(SELF.resolve("net"));

  @TempDir Path nothing;

  @BeforeEach
  void onLinux() {
    assumeTrue(Files.isReadable(SELF.resolve("net/tcp")), "only Linux tells whose sockets are");
  }

  @Test
  void aSocketOfOursIsOursUntilItIsClosed() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
      try (Socket accepted = listener.accept()) {
        InetSocketAddress here = (InetSocketAddress) accepted.getLocalSocketAddress();
        InetSocketAddress peer = (InetSocketAddress) accepted.getRemoteSocketAddress();
        OptionalLong own = Users.effectiveUser(Files.readString(SELF.resolve("status")));
        assertEquals(own, owners.of(here, peer));

        client.shutdownOutput();
        assertEquals(own, owners.of(here, peer), "half closed");

        client.close();
        // Linux lists it as root's: whoever closes quickly would be let in as root.
        assertEquals(OptionalLong.empty(), owners.of(here, peer));
      }
    }
  }

  @Test
  void thisMachineTellsAndOneWithoutTablesDoesNot() {
    assertTrue(Users.HERE.known());
    assertFalse(Users.ofThisMachine(nothing).known());
  }
}
