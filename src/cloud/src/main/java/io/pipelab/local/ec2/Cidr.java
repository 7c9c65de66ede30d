package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 block.
 *
 * @param address the first address, as a number
 * @param prefix 0 to 32
 */
record Cidr(long address, int prefix) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /**
   * Reads a block.
   *
   * @throws AwsError InvalidParameterValue when it is none
   */
  static Cidr parse(@Nullable String text) {
    Matcher parts = FORM.matcher(text == null ? "" : text);
    if (!parts.matches() || Integer.parseInt(parts.group(5)) > 32) {
      throw AwsError.badRequest(
          "InvalidParameterValue",
          "Value ("
              + text
              + ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      address = address * 256 + Integer.parseInt(parts.group(i));
    }
    int prefix = Integer.parseInt(parts.group(5));
    return new Cidr(address & mask(prefix), prefix);
  }

  private static long mask(int prefix) {
    return prefix == 0 ? 0 : 0xFFFFFFFFL << (32 - prefix) & 0xFFFFFFFFL;
  }

  /** How many addresses the block holds. */
  long size() {
    return 1L << (32 - prefix);
  }

  boolean contains(Cidr other) {
    return other.prefix >= prefix && (other.address & mask(prefix)) == address;
  }

  boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** EC2 takes blocks between /16 and /28. */
  Cidr requireVpcSize(String what) {
    if (prefix < 16 || prefix > 28) {
      throw AwsError.badRequest("Invalid" + what + ".Range", "The CIDR '" + this + "' is invalid.");
    }
    return this;
  }

  /** The dotted form of one of the block's addresses, from 0. */
  String address(long number) {
    long one = address + number;
    return (one >> 24) + "." + (one >> 16 & 255) + "." + (one >> 8 & 255) + "." + (one & 255);
  }

  @Override
  public String toString() {
    return address(0) + "/" + prefix;
  }
}
