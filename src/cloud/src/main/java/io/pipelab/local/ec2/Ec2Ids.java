package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** EC2's identifiers: a prefix and seventeen hexadecimal digits. */
final class Ec2Ids {
  private Ec2Ids() {}

  /** A new id, for example {@code vpc-0a1b2c3d4e5f60718}. */
  static String next(String prefix) {
    HexFormat hex = HexFormat.of();
    return prefix
        + "-0"
        + hex.toHexDigits(ThreadLocalRandom.current().nextLong(), 8)
        + hex.toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
  }

  /**
   * What a map holds for an id.
   *
   * @param kind what EC2's message calls it: {@code vpc ID}, {@code security group} ...
   */
  static <T> T require(Map<String, T> byId, @Nullable String id, String kind, String code) {
    T found = id == null ? null : byId.get(id);
    if (found == null) {
      throw AwsError.badRequest(code, "The " + kind + " '" + id + "' does not exist");
    }
    return found;
  }
}
