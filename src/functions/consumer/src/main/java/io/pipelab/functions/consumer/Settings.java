package io.pipelab.functions.consumer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the container's environment tells the consumer.
 *
 * @param processing how long the work on one message takes
 * @param emptyPolls after so many empty long polls in a row the consumer is done
 * @param waitSeconds how long one poll waits for a message, 0 to 20
 * @param host the task's own host name
 */
record Settings(
    String queueUrl,
    String tableName,
    Duration processing,
    int emptyPolls,
    int waitSeconds,
    String host) {

  /**
   * Reads QUEUE_URL, TABLE_NAME, PROCESSING_MILLIS (1000), EMPTY_POLLS (3), WAIT_SECONDS (10) and
   * HOSTNAME.
   *
   * @throws IllegalArgumentException that names the variable that is missing or wrong
   */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        required(environment, "QUEUE_URL"),
        required(environment, "TABLE_NAME"),
        Duration.ofMillis(number(environment, "PROCESSING_MILLIS", 1000, 0, 43_200_000)),
        number(environment, "EMPTY_POLLS", 3, 1, 1000),
        number(environment, "WAIT_SECONDS", 10, 0, 20),
        host(environment.get("HOSTNAME")));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value.strip();
  }

  private static int number(
      Map<String, String> environment, String name, int otherwise, int least, int most) {
    String text = environment.get(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from " + least + " to " + most + ", not '" + text + "'");
  }

  private static String host(@Nullable String variable) {
    if (variable != null && !variable.isBlank()) {
      return variable.strip();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "HOSTNAME is not set and this host has no name: " + e.getMessage(), e);
    }
  }
}
