package io.pipelab.local.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Who is at the other end of a connection on this machine.
 *
 * @param here our end
 * @param there the peer's
 */
public record Peer(InetSocketAddress here, InetSocketAddress there) {
  static Peer of(SocketChannel connection) throws IOException {
    return new Peer(
        (InetSocketAddress) connection.getLocalAddress(),
        (InetSocketAddress) connection.getRemoteAddress());
  }

  /** Whether it is a process of the cloud's user, or of root; all are where nobody can tell. */
  boolean isOfThisUser() throws IOException {
    return Users.HERE.admits(here, there);
  }

  /**
   * The session, of some, to which the peer's process belongs; nothing when it is another's, or
   * when this machine does not tell.
   */
  public OptionalLong session(Collection<Long> sessions) throws IOException {
    OptionalLong inode = sessions.isEmpty() ? OptionalLong.empty() : Users.HERE.inode(here, there);
    return inode.isEmpty()
        ? OptionalLong.empty()
        : new SocketHolders(Path.of("/proc")).session(inode.getAsLong(), sessions);
  }
}
