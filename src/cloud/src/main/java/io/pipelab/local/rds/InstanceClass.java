package io.pipelab.local.rds;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A class of database instances. The embedded cloud's servers are all of one size; a class decides
 * only how many clients are admitted.
 *
 * @param memoryGib what AWS gives it
 */
record InstanceClass(String name, int memoryGib) {
  private static final Pattern NAME = Pattern.compile("db\\.([a-z0-9]+)\\.([a-z0-9]+)");

  /** GiB of memory of a size, in families of four GiB a processor. */
  private static final Map<String, Integer> SIZES =
      Map.of("micro", 1, "small", 2, "medium", 4, "large", 8, "xlarge", 16, "2xlarge", 32);

  private static final List<String> BURSTABLE = List.of("t3", "t4g");
  private static final List<String> GENERAL = List.of("m5", "m6g", "m6i", "m7g", "m7i", "m8g");
  private static final List<String> MEMORY = List.of("r5", "r6g", "r6i", "r7g", "r7i", "r8g");

  /** RDS's formula for max_connections: the memory in bytes by this (RDS guide, "Quotas"). */
  private static final long BYTES_A_CONNECTION = 12_582_880;

  /** More than a lab has, and few enough for this machine. */
  private static final int MOST_CONNECTIONS = 200;

  /**
   * The class of that name.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValue
   */
  static InstanceClass named(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw RdsErrors.missing("DBInstanceClass");
    }
    Matcher parts = NAME.matcher(name);
    Integer memory = parts.matches() ? SIZES.get(parts.group(2)) : null;
    if (memory == null || !isFamily(parts.group(1), memory)) {
      throw RdsErrors.value("Invalid DB Instance class: " + name);
    }
    return new InstanceClass(name, MEMORY.contains(parts.group(1)) ? 2 * memory : memory);
  }

  private static boolean isFamily(String family, int memory) {
    return BURSTABLE.contains(family)
        || (memory >= 8 && (GENERAL.contains(family) || MEMORY.contains(family)));
  }

  /** The classes that are listed as orderable. */
  static List<InstanceClass> burstable() {
    return BURSTABLE.stream()
        .flatMap(
            family ->
                List.of("micro", "small", "medium", "large").stream()
                    .map(size -> named("db." + family + "." + size)))
        .toList();
  }

  /** How many clients an instance of it admits. */
  int connections() {
    return (int) Math.min(MOST_CONNECTIONS, (long) memoryGib * (1 << 30) / BYTES_A_CONNECTION);
  }
}
