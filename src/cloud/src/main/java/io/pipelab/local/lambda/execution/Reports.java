package io.pipelab.local.lambda.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The words in which Lambda itself speaks: platform log lines and errors that are its own. */
final class Reports {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Reports() {}

  /**
   * The REPORT line. Initialization is billed too.
   *
   * @param init how long initialization took, or null when the environment was warm
   * @param status empty, or {@code timeout}, or {@code error\tError Type: ...}
   */
  static String report(
      Invocation invocation,
      FunctionSpec spec,
      Duration duration,
      @Nullable Duration init,
      OptionalLong peak,
      String status) {
    long billed = Math.round(Math.ceil(millis(duration) + (init == null ? 0 : millis(init))));
    StringBuilder line = new StringBuilder("REPORT RequestId: ").append(invocation.requestId());
    line.append(format("\tDuration: %.2f ms", millis(duration)));
    line.append("\tBilled Duration: ").append(billed).append(" ms");
    line.append("\tMemory Size: ").append(spec.memoryMb()).append(" MB");
    peak.ifPresent(mb -> line.append("\tMax Memory Used: ").append(mb).append(" MB"));
    if (init != null) {
      line.append(format("\tInit Duration: %.2f ms", millis(init)));
    }
    return line.append('\t').append(status.isEmpty() ? "" : "Status: " + status).toString();
  }

  /** The START line. */
  static String start(Invocation invocation, FunctionSpec spec) {
    return "START RequestId: " + invocation.requestId() + " Version: " + spec.version();
  }

  /** The INIT_REPORT line of an initialization that failed. */
  static String initReport(Duration init, String status) {
    return format("INIT_REPORT Init Duration: %.2f ms\tPhase: init\tStatus: ", millis(init))
        + status;
  }

  static String timedOut(Instant now, Invocation invocation, Duration duration) {
    return MILLIS.format(now)
        + " "
        + invocation.requestId()
        + format(" Task timed out after %.2f seconds", millis(duration) / 1000);
  }

  /** Why the process ended, in Lambda's words. */
  static String exited(Invocation invocation, int code) {
    String reason =
        code == 0
            ? "Runtime exited without providing a reason"
            : "Runtime exited with error: "
                + (code > 128 ? signal(code - 128) : "exit status " + code);
    return "RequestId: " + invocation.requestId() + " Error: " + reason;
  }

  private static String signal(int signal) {
    return switch (signal) {
      case 6 -> "signal: aborted";
      case 9 -> "signal: killed";
      case 11 -> "signal: segmentation fault";
      case 15 -> "signal: terminated";
      default -> "exit status " + (128 + signal);
    };
  }

  /** An error document of Lambda itself. */
  static byte[] error(String type, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("errorType", type)
        .put("errorMessage", message)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
