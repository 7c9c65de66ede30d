package io.pipelab.local.door;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * The users of this machine: only the cloud's own is let in, and root, who could read the cloud's
 * memory anyway. A connection's user is looked up once.
 */
final class Users {
  private static final String ADMITTED = "io.pipelab.local.door.admitted";
  private static final long ROOT = 0;

  /** Of this machine; without owners when it does not tell them. */
  static final Users HERE = ofThisMachine(Path.of("/proc/self"));

  private final SocketOwners owners;
  private final OptionalLong own;

  Users(SocketOwners owners, OptionalLong own) {
    this.owners = owners;
    this.own = own;
  }

  static Users ofThisMachine(Path self) {
    SocketOwners owners = new SocketOwners(self.resolve("net"));
    return new Users(owners, tried(owners, self.resolve("status")));
  }

  /** Whether this machine tells whose a connection is. */
  boolean known() {
    return own.isPresent();
  }

  /**
   * Looks who is at the other end of a connection.
   *
   * @throws AwsError when it is somebody else
   */
  void check(ConnectionMetaData connection) {
    if (own.isEmpty() || connection.getAttribute(ADMITTED) != null) {
      return;
    }
    OptionalLong peer = peer(connection);
    if (peer.isEmpty()) {
      throw Visits.refused("connections whose user is unknown");
    }
    if (!admits(peer.getAsLong())) {
      throw Visits.refused("other users of this machine (uid " + peer.getAsLong() + ")");
    }
    connection.setAttribute(ADMITTED, true);
  }

  /** Whether the peer of a connection is let in; all are where nobody can tell. */
  boolean admits(InetSocketAddress here, InetSocketAddress there) throws IOException {
    OptionalLong peer = own.isEmpty() ? own : owners.of(here, there);
    return own.isEmpty() || (peer.isPresent() && admits(peer.getAsLong()));
  }

  /** The number of a peer's socket; nothing where nobody can tell. */
  OptionalLong inode(InetSocketAddress here, InetSocketAddress there) throws IOException {
    return own.isEmpty() ? own : owners.inode(here, there);
  }

  private boolean admits(long peer) {
    return peer == own.orElseThrow() || peer == ROOT;
  }

  private OptionalLong peer(ConnectionMetaData connection) {
    SocketAddress here = connection.getLocalSocketAddress();
    SocketAddress peer = connection.getRemoteSocketAddress();
    try {
      return here instanceof InetSocketAddress ours && peer instanceof InetSocketAddress theirs
          ? owners.of(ours, theirs)
          : OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Our own user id, when the tables tell it of a connection of ours. */
  private static OptionalLong tried(SocketOwners owners, Path status) {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      OptionalLong own = effectiveUser(Files.readString(status));
      OptionalLong told =
          owners.of(
              (InetSocketAddress) client.getRemoteSocketAddress(),
              (InetSocketAddress) client.getLocalSocketAddress());
      return told.equals(own) ? own : OptionalLong.empty();
    } catch (IOException e) {
      // No such files: not Linux. `local start` says what that means.
      return OptionalLong.empty();
    }
  }

  /** From {@code Uid: real effective saved filesystem} in a process's status. */
  static OptionalLong effectiveUser(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("Uid:"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+")[2]))
        .findFirst();
  }
}
