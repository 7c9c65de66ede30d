package io.pipelab.local.door;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whose the sockets at the other ends of connections on this machine are, as Linux tells it. */
final class SocketOwners {
  /** The kernel writes a table page by page; a socket may slip through between two of them. */
  private static final int TRIES = 3;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final SocketTable tcp;
  private final SocketTable tcp6;

  /**
   * @param folder where the tables are, {@code /proc/self/net}
   */
  SocketOwners(Path folder) {
    this.tcp = new SocketTable(folder.resolve("tcp"));
    this.tcp6 = new SocketTable(folder.resolve("tcp6"));
  }

  /**
   * The user id of a peer; nothing when its process has closed the socket already.
   *
   * @param here our end of the connection
   * @param peer the other end
   */
  OptionalLong of(InetSocketAddress here, InetSocketAddress peer) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      OptionalLong owner = look(here, peer);
      if (owner.isPresent()) {
        return owner;
      }
    }
    return OptionalLong.empty();
  }

  /** The number of a peer's socket. */
  OptionalLong inode(InetSocketAddress here, InetSocketAddress peer) throws IOException {
    OptionalLong number = tcp.inode(SocketName.of(peer, ORDER) + " " + SocketName.of(here, ORDER));
    return number.isPresent()
        ? number
        : tcp6.inode(SocketName.mapped(peer, ORDER) + " " + SocketName.mapped(here, ORDER));
  }

  private OptionalLong look(InetSocketAddress here, InetSocketAddress peer) throws IOException {
    String pair = SocketName.of(peer, ORDER) + " " + SocketName.of(here, ORDER);
    if (!(peer.getAddress() instanceof Inet4Address)) {
      return tcp6.owner(pair);
    }
    OptionalLong owner = tcp.owner(pair);
    return owner.isPresent()
        ? owner
        : tcp6.owner(SocketName.mapped(peer, ORDER) + " " + SocketName.mapped(here, ORDER));
  }
}
