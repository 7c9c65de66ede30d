package io.pipelab.drive;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda's REPORT line says of one invocation. Fields are parted by tabs, and there are more
 * with a cold start, SnapStart, a failure and X-Ray.
 *
 * @param duration in ms
 * @param billed in ms
 * @param init in ms; of a restored snapshot the restore; null for a warm environment
 * @param memory in MB
 * @param used in MB
 * @param status {@code timeout} or {@code error}; null when the invocation went well
 */
public record ReportLine(
    String requestId,
    BigDecimal duration,
    BigDecimal billed,
    @Nullable BigDecimal init,
    int memory,
    int used,
    @Nullable String status) {
  private static final Pattern FIELD = Pattern.compile("(?<name>[^:]+): (?<value>\\S+)( (ms|MB))?");

  /** The last one of a log, as far as it is whole: a log's tail may begin anywhere. */
  public static Optional<ReportLine> in(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("REPORT "))
        .flatMap(line -> parse(line).stream())
        .reduce((first, second) -> second);
  }

  private static Optional<ReportLine> parse(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : line.substring("REPORT ".length()).split("\t")) {
      Matcher field = FIELD.matcher(part.strip());
      if (field.matches()) {
        fields.putIfAbsent(field.group("name"), field.group("value"));
      }
    }
    try {
      return Optional.of(
          new ReportLine(
              needed(fields, "RequestId"),
              new BigDecimal(needed(fields, "Duration")),
              new BigDecimal(needed(fields, "Billed Duration")),
              init(fields),
              Integer.parseInt(needed(fields, "Memory Size")),
              Integer.parseInt(needed(fields, "Max Memory Used")),
              fields.get("Status")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static @Nullable BigDecimal init(Map<String, String> fields) {
    String init = fields.getOrDefault("Init Duration", fields.get("Restore Duration"));
    return init == null ? null : new BigDecimal(init);
  }

  private static String needed(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new NumberFormatException("no " + name);
    }
    return value;
  }
}
