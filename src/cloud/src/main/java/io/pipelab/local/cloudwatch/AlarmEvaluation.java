package io.pipelab.local.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * What an alarm's state ought to be, by the rules of "Evaluating an alarm" and "Configuring how
 * CloudWatch alarms treat missing data" in CloudWatch's user guide.
 */
final class AlarmEvaluation {
  /**
   * How many periods more than EvaluationPeriods are looked at, so that late or missing datapoints
   * can be made up by older ones. AWS gives the number only by example: 5 for 3.
   */
  private static final int MORE_PERIODS = 2;

  private final MetricAlarm alarm;
  private final int periods;
  private final int needed;
  private final String treatMissing;

  /**
   * One period of the alarm's metric.
   *
   * @param at the period's first moment
   * @param value the statistic, or null when the datapoint is missing
   */
  record Period(Instant at, double sampleCount, @Nullable Double value) {
    boolean isMissing() {
      return value == null;
    }
  }

  /**
   * What came out.
   *
   * @param state the state to be, or null when the alarm keeps the one that it has
   * @param evaluated the periods that counted, newest first, filled-up ones included
   */
  record Verdict(@Nullable StateValue state, List<Period> evaluated) {}

  AlarmEvaluation(MetricAlarm alarm) {
    this.alarm = alarm;
    this.periods = alarm.evaluationPeriods();
    this.needed = alarm.datapointsToAlarm() == null ? periods : alarm.datapointsToAlarm();
    // CloudWatch's documented exception: these alarms keep their state over missing data.
    this.treatMissing =
        alarm.namespace().equals("AWS/DynamoDB")
            ? "ignore"
            : alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData();
  }

  /** How many periods an evaluation wants to see. */
  int range() {
    return periods + MORE_PERIODS;
  }

  /**
   * Evaluates the alarm.
   *
   * @param newestFirst the last {@link #range()} periods
   */
  Verdict evaluate(List<Period> newestFirst) {
    List<Period> real = newestFirst.stream().filter(period -> !period.isMissing()).toList();
    if (real.size() >= periods) {
      List<Period> latest = real.subList(0, periods);
      boolean alarming = breaching(latest) >= needed;
      return new Verdict(alarming ? StateValue.ALARM : StateValue.OK, latest);
    }
    List<Period> filled = new ArrayList<>(real);
    newestFirst.stream()
        .filter(Period::isMissing)
        .limit(periods - real.size())
        .forEach(filled::add);
    filled.sort(Comparator.comparing(Period::at).reversed());
    return new Verdict(stateOf(newestFirst, real), filled);
  }

  private @Nullable StateValue stateOf(List<Period> all, List<Period> real) {
    int breaching = breaching(real);
    int filled = periods - real.size();
    if (breaching >= needed) {
      return StateValue.ALARM;
    }
    return switch (treatMissing) {
      case "breaching" -> breaching + filled >= needed ? StateValue.ALARM : StateValue.OK;
      case "notBreaching" -> StateValue.OK;
      case "ignore" -> breaching < real.size() ? StateValue.OK : null;
      default -> stateWithMissing(all, real, breaching);
    };
  }

  private @Nullable StateValue stateWithMissing(
      List<Period> all, List<Period> real, int breaching) {
    if (real.isEmpty()) {
      return StateValue.INSUFFICIENT_DATA;
    }
    if (breaching < real.size()) {
      return StateValue.OK;
    }
    // Only breaching datapoints, fewer than needed: an alarm as soon as the oldest of them is as
    // old as the datapoints needed ("avoiding premature transitions to alarm state").
    int age = all.indexOf(real.get(real.size() - 1)) + 1;
    return age >= needed ? StateValue.ALARM : null;
  }

  private int breaching(List<Period> real) {
    return (int) real.stream().filter(this::breaches).count();
  }

  /** Whether a period has a datapoint on the alarm's side of the threshold. */
  boolean breaches(Period period) {
    Double value = period.value();
    if (value == null) {
      return false;
    }
    double threshold = alarm.threshold();
    return switch (alarm.comparisonOperator()) {
      case GREATER_THAN_THRESHOLD -> value > threshold;
      case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= threshold;
      case LESS_THAN_THRESHOLD -> value < threshold;
      case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= threshold;
      default ->
          throw new IllegalStateException(
              "PutMetricAlarm let in " + alarm.comparisonOperatorAsString());
    };
  }

  /** How many datapoints must breach. */
  int needed() {
    return needed;
  }

  /** How missing datapoints count. */
  String treatMissing() {
    return treatMissing;
  }
}
