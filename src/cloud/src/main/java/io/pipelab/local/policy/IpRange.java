package io.pipelab.local.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an address lies in a range: {@code 203.0.113.0/24}, {@code 2001:db8::/32}. */
final class IpRange {
  /** Digits only, so that no name is ever looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private IpRange() {}

  static boolean contains(String range, String address) {
    int slash = range.indexOf('/');
    byte[] wanted = bytes(slash < 0 ? range : range.substring(0, slash));
    byte[] actual = bytes(address);
    if (wanted == null || actual == null || wanted.length != actual.length) {
      return false;
    }
    int bits = slash < 0 ? wanted.length * 8 : prefix(range.substring(slash + 1));
    return bits >= 0 && bits <= wanted.length * 8 && same(wanted, actual, bits);
  }

  private static boolean same(byte[] wanted, byte[] actual, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((wanted[bit / 8] & mask) != (actual[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static int prefix(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static byte @Nullable [] bytes(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
