package io.pipelab.functions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which tasks to start, from the function's environment.
 *
 * @param count how many, 1 to 10 ({@code RunTask}'s limit)
 */
record TaskSettings(
    String cluster,
    String taskDefinition,
    List<String> subnets,
    List<String> securityGroups,
    int count) {
  private static final int MOST_TASKS_OF_ONE_CALL = 10;

  /**
   * Reads {@code CLUSTER}, {@code TASK_DEFINITION}, {@code SUBNETS}, {@code SECURITY_GROUPS} (comma
   * lists) and {@code TASK_COUNT}.
   *
   * @throws IllegalStateException that names the variable that is missing or wrong
   */
  static TaskSettings from(Map<String, String> environment) {
    return new TaskSettings(
        text(environment, "CLUSTER"),
        text(environment, "TASK_DEFINITION"),
        list(environment, "SUBNETS"),
        list(environment, "SECURITY_GROUPS"),
        count(text(environment, "TASK_COUNT")));
  }

  private static String text(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new IllegalStateException("environment variable " + name + " is not set");
    }
    return value;
  }

  private static List<String> list(Map<String, String> environment, String name) {
    return Arrays.stream(text(environment, name).split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= MOST_TASKS_OF_ONE_CALL) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Reported below with the numbers that are out of range.
    }
    throw new IllegalStateException("TASK_COUNT must be a number from 1 to 10, not " + text);
  }
}
