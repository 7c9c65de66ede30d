package io.pipelab.local.sns;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses in a filter policy, {@code 10.0.0.0/24} (SNS Developer Guide, "IP address
 * matching").
 *
 * @param first its first address
 * @param prefix how many leading bits are the range's
 */
record AddressRange(InetAddress first, int prefix) {
  /** Literal addresses alone: nothing here asks a name server. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Reads a range.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameter when it is none
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
    if (first == null || slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      throw FilterPolicy.invalid("Malformed CIDR, " + text);
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    if (prefix > first.getAddress().length * Byte.SIZE) {
      throw FilterPolicy.invalid("Malformed CIDR, " + text);
    }
    return new AddressRange(first, prefix);
  }

  boolean contains(String text) {
    InetAddress address = address(text);
    if (address == null || address.getAddress().length != first.getAddress().length) {
      return false;
    }
    int rest = first.getAddress().length * Byte.SIZE - prefix;
    return bits(address).shiftRight(rest).equals(bits(first).shiftRight(rest));
  }

  private static BigInteger bits(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private static @Nullable InetAddress address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
