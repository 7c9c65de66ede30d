package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * A task's size: one of the pairs that Fargate has ("Task CPU and memory" in the ECS guide).
 *
 * @param cpu CPU units, 1024 a processor
 * @param memory MiB
 */
record FargateSize(int cpu, int memory) {
  private static final Pattern AMOUNT =
      Pattern.compile("\\s*(\\d+|\\d*\\.\\d+)\\s*(vcpu|gb)?\\s*", Pattern.CASE_INSENSITIVE);

  /** CPU units to the least and the most memory, and the step between. */
  private static final Map<Integer, int[]> MEMORY =
      Map.of(
          512, new int[] {1024, 4096, 1024},
          1024, new int[] {2048, 8192, 1024},
          2048, new int[] {4096, 16_384, 1024},
          4096, new int[] {8192, 30_720, 1024},
          8192, new int[] {16_384, 61_440, 4096},
          16_384, new int[] {32_768, 122_880, 8192});

  /**
   * Reads a task definition's {@code cpu} and {@code memory}, in units or as {@code .25 vCPU} and
   * {@code 0.5 GB}.
   *
   * @throws AwsError ClientException when Fargate has no such size
   */
  static FargateSize of(@Nullable String cpu, @Nullable String memory) {
    if (cpu == null || cpu.isBlank()) {
      throw EcsErrors.client("Fargate requires that 'cpu' be defined at the task level.");
    }
    if (memory == null || memory.isBlank()) {
      throw EcsErrors.client("Fargate requires that 'memory' be defined at the task level.");
    }
    FargateSize size = new FargateSize(amount(cpu, "cpu"), amount(memory, "memory"));
    if (!size.exists()) {
      throw EcsErrors.client(
          "No Fargate configuration exists for given values: "
              + size.cpu
              + " CPU, "
              + size.memory
              + " memory. See the Amazon ECS documentation for the valid values.");
    }
    return size;
  }

  /** A whole number of processors, as a program sees them. */
  int processors() {
    return Math.max(1, (cpu + 1023) / 1024);
  }

  private boolean exists() {
    if (cpu == 256) {
      return memory == 512 || memory == 1024 || memory == 2048;
    }
    int[] range = MEMORY.get(cpu);
    return range != null
        && memory >= range[0]
        && memory <= range[1]
        && (memory - range[0]) % range[2] == 0;
  }

  /** The size of a registration, as {@link #of(String, String)}. */
  static FargateSize of(RegisterTaskDefinitionRequest request) {
    return of(request.cpu(), request.memory());
  }

  /** Whether a registration says a size that Fargate has. */
  static boolean has(RegisterTaskDefinitionRequest request) {
    return request.cpu() != null
        && request.memory() != null
        && new FargateSize(amount(request.cpu(), "cpu"), amount(request.memory(), "memory"))
            .exists();
  }

  /**
   * CPU units or MiB, in units or with {@code vCPU} and {@code GB} behind.
   *
   * @throws AwsError ClientException
   */
  static int amount(String text, String member) {
    Matcher matcher = AMOUNT.matcher(text);
    if (matcher.matches()) {
      BigDecimal number = new BigDecimal(matcher.group(1));
      String unit = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
      if (unit.equals(member.equals("cpu") ? "vcpu" : "gb")) {
        number = number.multiply(BigDecimal.valueOf(1024));
      } else if (!unit.isEmpty()) {
        throw EcsErrors.client("Invalid '" + member + "' setting for task: " + text);
      }
      if (number.compareTo(BigDecimal.valueOf(1 << 20)) < 0) {
        return number.intValue();
      }
    }
    throw EcsErrors.client("Invalid '" + member + "' setting for task: " + text);
  }
}
