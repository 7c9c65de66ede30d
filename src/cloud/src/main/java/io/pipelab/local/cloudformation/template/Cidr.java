package io.pipelab.local.cloudformation.template;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Fn::Cidr: cuts an address block into smaller ones. */
final class Cidr {
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F.:]+");

  private Cidr() {}

  /**
   * The first {@code count} blocks of {@code bits} host bits each inside a block.
   *
   * @param count 1 to 256
   * @param bits host bits, or -1 for as many as AWS assumes
   * @throws NumberFormatException if the block is not a CIDR block
   */
  static List<String> subnets(String block, int count, int bits) {
    String[] parts = block.split("/", 2);
    if (parts.length != 2 || !LITERAL.matcher(parts[0]).matches() || count < 1 || count > 256) {
      throw new NumberFormatException(block);
    }
    byte[] address = address(parts[0]);
    int width = address.length * 8;
    int prefix = Integer.parseInt(parts[1]);
    int hostBits = bits < 0 ? (width == 32 ? 8 : 64) : bits;
    int room = width - prefix - hostBits;
    if (prefix > width || room < 0 || (room < 30 && count > 1 << room)) {
      throw Invalid.template(
          "Fn::Cidr failed: "
              + block
              + " does not hold "
              + count
              + " blocks of "
              + hostBits
              + " bits");
    }
    BigInteger start =
        new BigInteger(1, address).shiftRight(width - prefix).shiftLeft(width - prefix);
    BigInteger step = BigInteger.ONE.shiftLeft(hostBits);
    List<String> subnets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BigInteger next = start.add(step.multiply(BigInteger.valueOf(i)));
      subnets.add(text(next, address.length) + "/" + (width - hostBits));
    }
    return subnets;
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress(); // a literal is never looked up
    } catch (UnknownHostException e) {
      throw new NumberFormatException(literal);
    }
  }

  private static String text(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    byte[] raw = number.toByteArray();
    int copied = Math.min(raw.length, length);
    System.arraycopy(raw, raw.length - copied, bytes, length - copied, copied);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for a wrong length
    }
  }
}
