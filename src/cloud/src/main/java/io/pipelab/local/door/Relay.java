package io.pipelab.local.door;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of the loopback interface in front of a program that speaks another protocol than HTTP and
 * that nobody can reach but through here. Other users of this machine are refused, and a gate says
 * of each process of the cloud whether its network would let it connect.
 */
public final class Relay implements Closeable {
  private static final System.Logger LOG = System.getLogger(Relay.class.getName());
  private static final int BUFFER = 16 * 1024;

  /** How long Linux goes on asking a host that does not answer. */
  private static final Duration SILENCE = Duration.ofSeconds(130);

  /** Connections for which two threads each are spent; a database has a limit of its own below. */
  private static final int MOST_CONNECTIONS = 500;

  /** Says whether a peer's packets would arrive. */
  @FunctionalInterface
  public interface Gate {
    /**
     * Decides.
     *
     * @param peer who connects
     * @throws IOException when it cannot be found out: the peer is refused
     */
    boolean admits(Peer peer) throws IOException;
  }

  /** Connects to what is behind. */
  @FunctionalInterface
  public interface Behind {
    /**
     * A new connection.
     *
     * @throws IOException when nothing listens: the peer's connection is refused
     */
    SocketChannel connect() throws IOException;
  }

  private final ServerSocketChannel listener;
  private final Gate gate;
  private final Behind behind;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private Relay(ServerSocketChannel listener, Gate gate, Behind behind) {
    this.listener = listener;
    this.gate = gate;
    this.behind = behind;
  }

  /**
   * Opens a port.
   *
   * @param port the one that is wanted; any other when it is taken
   */
  public static Relay open(int port, Gate gate, Behind behind) throws IOException {
    Relay relay = new Relay(bind(port), gate, behind);
    relay.thread("accept", relay::accept);
    return relay;
  }

  private static ServerSocketChannel bind(int port) throws IOException {
    try {
      return listen(port);
    } catch (BindException e) {
      return listen(0);
    }
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    boolean bound = false;
    try {
      listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      bound = true;
      return listener;
    } finally {
      if (!bound) {
        listener.close();
      }
    }
  }

  /** Where it listens. */
  public int port() {
    return listener.socket().getLocalPort();
  }

  /** Ends all connections that there are; new ones may come. */
  public void cut() {
    open.forEach(Relay::closeQuietly);
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        if (connections.get() >= MOST_CONNECTIONS) {
          reset(client);
        } else {
          thread("client", () -> serve(client));
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "port " + port() + " accepts nobody", e);
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    connections.incrementAndGet();
    open.add(client);
    try (client) {
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Peer peer = Peer.of(client);
      if (!peer.isOfThisUser()) {
        reset(client);
      } else if (!gate.admits(peer)) {
        ignore(client);
      } else {
        join(client);
      }
    } catch (AsynchronousCloseException e) {
      LOG.log(Level.DEBUG, "a connection was cut", e);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection has ended", e);
    } finally {
      open.remove(client);
      connections.decrementAndGet();
    }
  }

  /** Its packets do not arrive: it hears nothing until it gives up. */
  private void ignore(SocketChannel client) throws IOException {
    client.socket().setSoTimeout((int) SILENCE.toMillis());
    byte[] lost = new byte[BUFFER];
    try {
      while (client.socket().getInputStream().read(lost) >= 0) {
        // What cannot arrive is nobody's to read.
      }
    } catch (SocketTimeoutException e) {
      reset(client);
    }
  }

  private void join(SocketChannel client) throws IOException {
    SocketChannel server;
    try {
      server = behind.connect();
    } catch (IOException e) {
      reset(client);
      return;
    }
    open.add(server);
    try (server) {
      Thread back =
          thread(
              "back",
              () -> {
                pump(server, client);
                closeQuietly(client);
              });
      pump(client, server);
      closeQuietly(server);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(server);
    }
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection was cut", e);
    }
  }

  /** As a host answers on whose port nobody listens. */
  private static void reset(SocketChannel client) {
    try (client) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection has ended before it was refused", e);
    }
  }

  private static void closeQuietly(Closeable each) {
    try {
      each.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection did not close", e);
    }
  }

  private Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, "relay-" + port() + "-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
