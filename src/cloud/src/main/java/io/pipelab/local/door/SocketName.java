package io.pipelab.local.door;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket's address as Linux's tables write it: words of 32 bits as they are in memory, in
 * hexadecimal, then the port.
 */
final class SocketName {
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private SocketName() {}

  /** An address of a socket of its own family. */
  static String of(InetSocketAddress address, ByteOrder order) {
    return hex(address.getAddress().getAddress(), address.getPort(), order);
  }

  /** An IPv4 address as a socket of IPv6 has it, {@code ::ffff:127.0.0.1}. */
  static String mapped(InetSocketAddress address, ByteOrder order) {
    InetAddress ip = address.getAddress();
    byte[] four = ip.getAddress();
    byte[] six = ByteBuffer.allocate(MAPPED.length + four.length).put(MAPPED).put(four).array();
    return hex(six, address.getPort(), order);
  }

  private static String hex(byte[] address, int port, ByteOrder order) {
    StringBuilder text = new StringBuilder();
    ByteBuffer words = ByteBuffer.wrap(address).order(order);
    while (words.hasRemaining()) {
      text.append("%08X".formatted(words.getInt()));
    }
    return text.append(":%04X".formatted(port)).toString();
  }
}
