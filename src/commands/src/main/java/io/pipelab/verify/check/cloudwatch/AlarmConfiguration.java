package io.pipelab.verify.check.cloudwatch;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.topic.TopicExists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** A metric alarm watches this metric of this resource, and tells these targets. */
public record AlarmConfiguration(
    String alarm,
    String namespace,
    String metric,
    Map<String, String> dimensions,
    String statistic,
    long period,
    long evaluationPeriods,
    String comparison,
    double threshold,
    List<String> actions)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("alarm-configuration")
          .needs("alarm", "namespace", "metric", "dimensions", "statistic", "period")
          .needs("evaluationPeriods", "comparison", "threshold", "actions")
          .madeBy(AlarmConfiguration::of);

  private static AlarmConfiguration of(Settings settings) {
    return new AlarmConfiguration(
        settings.text("alarm"),
        settings.text("namespace"),
        settings.text("metric"),
        settings.map("dimensions"),
        settings.text("statistic"),
        settings.number("period"),
        settings.number("evaluationPeriods"),
        settings.text("comparison"),
        settings.decimal("threshold"),
        settings.texts("actions"));
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words());
    Optional<MetricAlarm> found = find(scope.clients().cloudWatch(), alarm);
    return found
        .map(has -> claim.unless(differences(has), words()))
        .orElseGet(() -> claim.lacks("there is no alarm " + alarm));
  }

  /** The metric alarm of that name. */
  static Optional<MetricAlarm> find(CloudWatchClient cloudWatch, String alarm) {
    return cloudWatch.describeAlarms(describe -> describe.alarmNames(alarm)).metricAlarms().stream()
        .findFirst();
  }

  private String words() {
    return statistic
        + " of "
        + metric
        + " "
        + new TreeMap<>(dimensions)
        + " over "
        + period
        + " s "
        + comparison
        + " "
        + plain(threshold)
        + ", tells "
        + String.join(", ", actions.stream().map(TopicExists::name).toList());
  }

  private List<String> differences(MetricAlarm has) {
    List<String> wrong = new ArrayList<>();
    compare(wrong, "namespace", namespace, has.namespace());
    compare(wrong, "metric", metric, has.metricName());
    Map<String, String> seen = new TreeMap<>();
    for (Dimension dimension : has.dimensions()) {
      seen.put(dimension.name(), dimension.value());
    }
    compare(wrong, "dimensions", new TreeMap<>(dimensions), seen);
    compare(wrong, "statistic", statistic, has.statisticAsString());
    compare(wrong, "period", period, number(has.period()));
    compare(wrong, "evaluation periods", evaluationPeriods, number(has.evaluationPeriods()));
    compare(wrong, "comparison", comparison, has.comparisonOperatorAsString());
    compare(wrong, "threshold", plain(threshold), plain(has.threshold()));
    compare(wrong, "actions", new TreeSet<>(actions), new TreeSet<>(has.alarmActions()));
    if (Boolean.FALSE.equals(has.actionsEnabled())) {
      wrong.add("its actions are disabled");
    }
    return wrong;
  }

  private static void compare(
      List<String> wrong, String what, Object expected, @Nullable Object has) {
    if (!expected.equals(has)) {
      wrong.add(what + " " + has + ", not " + expected);
    }
  }

  private static long number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static String plain(@Nullable Double value) {
    if (value == null) {
      return "none";
    }
    return value == Math.rint(value) ? String.valueOf(value.longValue()) : value.toString();
  }
}
