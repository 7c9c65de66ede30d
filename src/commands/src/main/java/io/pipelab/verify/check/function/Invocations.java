package io.pipelab.verify.check.function;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * The invocations that a function's log tells of, since its log group is there.
 *
 * @param started request ids of START lines
 * @param reports whole REPORT lines by request id
 * @param malformed REPORT lines that lack a field
 */
public record Invocations(
    Instant since, Set<String> started, Map<String, Report> reports, List<String> malformed) {
  private static final Pattern START = Pattern.compile("START RequestId: (\\S+).*", Pattern.DOTALL);

  private static final Pattern REPORT =
      Pattern.compile(
          "REPORT RequestId: (?<id>\\S+)\\s+Duration: [0-9.]+ ms\\s+Billed Duration: [0-9]+ ms"
              + "\\s+Memory Size: (?<size>[0-9]+) MB\\s+Max Memory Used: (?<used>[0-9]+) MB"
              + "(?<rest>.*)",
          Pattern.DOTALL);

  /**
   * One REPORT line.
   *
   * @param memory the function's memory, in MB
   * @param used the most memory used, in MB
   * @param init whether it names an Init Duration: the first invocation of an environment
   * @param failed whether the invocation ended with an error or ran out of time
   */
  record Report(int memory, int used, boolean init, boolean failed) {}

  /**
   * Reads a log group.
   *
   * @throws software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException when it
   *     is not there
   */
  static Invocations of(CloudWatchLogsClient logs, String logGroup) {
    Instant since =
        logs
            .describeLogGroupsPaginator(describe -> describe.logGroupNamePrefix(logGroup))
            .logGroups()
            .stream()
            .filter(group -> group.logGroupName().equals(logGroup))
            .map(group -> Instant.ofEpochMilli(group.creationTime()))
            .findFirst()
            .orElse(Instant.EPOCH);
    Invocations found =
        new Invocations(since, new LinkedHashSet<>(), new LinkedHashMap<>(), new ArrayList<>());
    logs.filterLogEventsPaginator(filter -> filter.logGroupName(logGroup)).events().stream()
        .map(FilteredLogEvent::message)
        .forEach(found::add);
    return found;
  }

  private void add(String line) {
    Matcher start = START.matcher(line);
    if (start.matches()) {
      started.add(start.group(1));
    } else if (line.startsWith("REPORT ")) {
      Matcher report = REPORT.matcher(line.strip());
      if (report.matches()) {
        String rest = report.group("rest");
        reports.put(
            report.group("id"),
            new Report(
                Integer.parseInt(report.group("size")),
                Integer.parseInt(report.group("used")),
                rest.contains("Init Duration: "),
                rest.contains("Status: ")));
      } else {
        malformed.add(line.strip());
      }
    }
  }

  /** How many ended with an error or ran out of time. */
  long failed() {
    return reports.values().stream().filter(Report::failed).count();
  }
}
