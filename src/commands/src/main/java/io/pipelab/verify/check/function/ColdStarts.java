package io.pipelab.verify.check.function;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Each of some functions was started cold at least once, and its REPORT says how long its
 * initialization took. The figures are a measurement of this target, and no law.
 */
public record ColdStarts(List<Started> functions) implements Check {
  private static final Pattern INIT = Pattern.compile("Init Duration: ([0-9.]+) ms");

  /**
   * A function that is looked at.
   *
   * @param name what it is called in the answer: {@code zip}
   */
  record Started(String name, String logGroup) {
    static Started of(Settings settings) {
      return new Started(settings.text("name"), settings.text("logGroup"));
    }
  }

  public static final CheckType TYPE =
      CheckType.named("cold-starts")
          .needs("functions")
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings ->
                  new ColdStarts(settings.each("functions").stream().map(Started::of).toList()));

  @Override
  public Observation look(CheckScope scope) {
    String names = String.join(" and ", functions.stream().map(Started::name).toList());
    Claim claim = Observation.expect("an Init Duration of " + names);
    List<String> seen = new ArrayList<>();
    for (Started function : functions) {
      List<Double> millis;
      try {
        millis = initDurations(scope.clients().logs(), function.logGroup());
      } catch (ResourceNotFoundException e) {
        return claim.lacks("there is no log group " + function.logGroup());
      }
      if (millis.isEmpty()) {
        return claim.notYet(function.name() + " was never started cold");
      }
      seen.add(
          String.format(
              Locale.ROOT,
              "%s %.0f ms (%s)",
              function.name(),
              millis.get(millis.size() / 2),
              millis.size() == 1 ? "one start" : "median of " + millis.size() + " starts"));
    }
    return claim.holds(String.join(", ", seen));
  }

  /** Sorted, in milliseconds. */
  private static List<Double> initDurations(CloudWatchLogsClient logs, String logGroup) {
    return logs.filterLogEventsPaginator(filter -> filter.logGroupName(logGroup)).events().stream()
        .filter(event -> event.message().startsWith("REPORT "))
        .flatMap(
            event -> {
              Matcher init = INIT.matcher(event.message());
              return init.find() ? Stream.of(Double.valueOf(init.group(1))) : Stream.empty();
            })
        .sorted()
        .toList();
  }
}
