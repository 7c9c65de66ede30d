package io.pipelab.local.rds.server;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A connection to a server through its socket, for statements without results: as little of the
 * client/server protocol as that needs (MariaDB knowledge base, "Client/Server Protocol").
 */
final class SqlSession implements Closeable {
  private static final int LONG_PASSWORD = 0x1;
  private static final int PROTOCOL_41 = 0x200;
  private static final int TRANSACTIONS = 0x2000;
  private static final int SECURE_CONNECTION = 0x8000;
  private static final int PLUGIN_AUTH = 0x80000;
  private static final int UTF8MB4 = 45;
  private static final int QUERY = 3;
  private static final int OK = 0x00;
  private static final int SWITCH = 0xFE;
  private static final int SALT = 20;
  private static final String NATIVE = "mysql_native_password";

  private final SocketChannel channel;
  private int sequence;

  private SqlSession(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Logs in.
   *
   * @throws IOException when the server is not there or does not let the user in
   */
  static SqlSession open(Path socket, String user, String password) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    SqlSession session = new SqlSession(channel);
    try {
      session.logIn(user, password);
      return session;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Carries out a statement; what goes wrong is told without its text, which may have secrets. */
  void execute(String statement) throws IOException {
    sequence = 0;
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.write(QUERY);
    command.writeBytes(statement.getBytes(StandardCharsets.UTF_8));
    send(command.toByteArray());
    expectOk(receive());
  }

  private void logIn(String user, String password) throws IOException {
    byte[] greeting = receive();
    ByteBuffer answer = ByteBuffer.allocate(256).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    answer.putInt(LONG_PASSWORD | PROTOCOL_41 | TRANSACTIONS | SECURE_CONNECTION | PLUGIN_AUTH);
    answer.putInt(1 << 24);
    answer.put((byte) UTF8MB4);
    answer.put(new byte[23]);
    answer.put(user.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    byte[] proof = NativePassword.proof(password, salt(greeting));
    answer.put((byte) proof.length).put(proof);
    answer.put(NATIVE.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    send(Arrays.copyOf(answer.array(), answer.position()));
    byte[] reply = receive();
    if (Byte.toUnsignedInt(reply[0]) == SWITCH) {
      int end = indexOfZero(reply, 1);
      send(NativePassword.proof(password, Arrays.copyOfRange(reply, end + 1, end + 1 + SALT)));
      reply = receive();
    }
    expectOk(reply);
  }

  /** Eight bytes behind the version and the thread's id, and twelve more at the end. */
  private static byte[] salt(byte[] greeting) throws IOException {
    if (greeting[0] != 10) {
      throw refusal(greeting);
    }
    int first = indexOfZero(greeting, 1) + 1 + 4;
    int second = first + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10;
    byte[] salt = Arrays.copyOfRange(greeting, first, first + SALT);
    System.arraycopy(greeting, second, salt, 8, SALT - 8);
    return salt;
  }

  private static int indexOfZero(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != 0) {
      at++;
    }
    return at;
  }

  private static void expectOk(byte[] packet) throws IOException {
    if (packet[0] != OK) {
      throw refusal(packet);
    }
  }

  /** An error packet: its mark, a number of two bytes, a state of six, and a text. */
  private static IOException refusal(byte[] packet) {
    int number = Byte.toUnsignedInt(packet[1]) | Byte.toUnsignedInt(packet[2]) << 8;
    return new IOException("the database server refused it: error " + number);
  }

  private void send(byte[] payload) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(payload.length + 4);
    packet.put((byte) payload.length).put((byte) (payload.length >> 8));
    packet.put((byte) (payload.length >> 16)).put((byte) sequence++).put(payload).flip();
    while (packet.hasRemaining()) {
      channel.write(packet);
    }
  }

  private byte[] receive() throws IOException {
    byte[] head = read(4);
    sequence = Byte.toUnsignedInt(head[3]) + 1;
    int length =
        Byte.toUnsignedInt(head[0])
            | Byte.toUnsignedInt(head[1]) << 8
            | Byte.toUnsignedInt(head[2]) << 16;
    if (length == 0) {
      throw new EOFException("the database server sent an empty packet");
    }
    return read(length);
  }

  private byte[] read(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the database server has closed the connection");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
