package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudwatch.AlarmEvaluation.Period;
import io.pipelab.local.cloudwatch.AlarmEvaluation.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Why an alarm changed its state, in CloudWatch's words ({@code StateReason}) and as its JSON. */
final class AlarmReason {
  static final String INITIAL = "Unchecked: Initial alarm creation";

  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AlarmReason() {}

  /** A moment as CloudWatch writes it in JSON: {@code 2026-11-21T03:00:00.000+0000}. */
  static String timestamp(Instant moment) {
    return LONG.format(moment);
  }

  /** The sentence for a change into a state. */
  static String text(
      MetricAlarm alarm, AlarmEvaluation evaluation, StateValue state, Verdict verdict) {
    int evaluated = verdict.evaluated().size();
    if (state == StateValue.INSUFFICIENT_DATA) {
      return "Insufficient Data: "
          + counted(evaluated, "datapoint was", "datapoints were")
          + " unknown.";
    }
    boolean alarming = state == StateValue.ALARM;
    List<Period> crossing =
        verdict.evaluated().stream()
            .filter(period -> !period.isMissing() && evaluation.breaches(period) == alarming)
            .toList();
    String missing = missing(evaluation, verdict.evaluated());
    if (crossing.isEmpty()) {
      return "Threshold Crossed: " + received(verdict.evaluated()) + missing + ".";
    }
    boolean explicit = alarm.datapointsToAlarm() != null;
    String count =
        explicit
            ? crossing.size() + " out of the last " + evaluated + " datapoints"
            : counted(crossing.size(), "datapoint", "datapoints");
    return "Threshold Crossed: "
        + count
        + crossing.stream().map(AlarmReason::shown).collect(Collectors.joining(", ", " [", "] "))
        + (crossing.size() == 1 ? "was " : "were ")
        + (alarming ? "" : "not ")
        + comparison(alarm)
        + " the threshold ("
        + alarm.threshold()
        + ")"
        + missing
        + (explicit ? minimum(alarm, evaluation, alarming) : "")
        + ".";
  }

  private static String minimum(MetricAlarm alarm, AlarmEvaluation evaluation, boolean alarming) {
    int minimum =
        alarming ? evaluation.needed() : alarm.evaluationPeriods() - evaluation.needed() + 1;
    return " (minimum "
        + counted(minimum, "datapoint", "datapoints")
        + " for "
        + (alarming ? "OK -> ALARM" : "ALARM -> OK")
        + " transition)";
  }

  private static String missing(AlarmEvaluation evaluation, List<Period> evaluated) {
    int missing = (int) evaluated.stream().filter(Period::isMissing).count();
    String treated =
        switch (evaluation.treatMissing()) {
          case "breaching" -> "Breaching";
          case "notBreaching" -> "NonBreaching";
          default -> "";
        };
    return missing == 0 || treated.isEmpty()
        ? ""
        : " and "
            + counted(missing, "missing datapoint was", "missing datapoints were")
            + " treated as ["
            + treated
            + "]";
  }

  private static String received(List<Period> evaluated) {
    long real = evaluated.stream().filter(period -> !period.isMissing()).count();
    return (real == 0
            ? "no datapoints were"
            : counted((int) real, "datapoint was", "datapoints were"))
        + " received for "
        + counted(evaluated.size(), "period", "periods");
  }

  private static String shown(Period period) {
    return period.value() + " (" + SHORT.format(period.at()) + ")";
  }

  private static String comparison(MetricAlarm alarm) {
    return switch (alarm.comparisonOperator()) {
      case GREATER_THAN_THRESHOLD -> "greater than";
      case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> "greater than or equal to";
      case LESS_THAN_THRESHOLD -> "less than";
      default -> "less than or equal to";
    };
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /** {@code StateReasonData}: what was asked, and which datapoints counted. */
  static String data(MetricAlarm alarm, Verdict verdict, Instant now) {
    List<Period> evaluated = verdict.evaluated();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("version", "1.0").put("queryDate", timestamp(now));
    ArrayNode recent = JsonNodeFactory.instance.arrayNode();
    ArrayNode points = JsonNodeFactory.instance.arrayNode();
    for (Period period : evaluated) {
      ObjectNode point = points.addObject().put("timestamp", timestamp(period.at()));
      if (!period.isMissing()) {
        point.put("sampleCount", period.sampleCount()).put("value", period.value());
        // Oldest first here, newest first below: as CloudWatch has them.
        recent.insert(0, period.value());
        data.put("startDate", timestamp(period.at()));
      }
    }
    if (alarm.unitAsString() != null) {
      data.put("unit", alarm.unitAsString());
    }
    data.put("statistic", statistic(alarm)).put("period", alarm.period());
    data.set("recentDatapoints", recent);
    data.put("threshold", alarm.threshold());
    data.set("evaluatedDatapoints", points);
    return data.toString();
  }

  /** The alarm's statistic, plain or extended. */
  static String statistic(MetricAlarm alarm) {
    return alarm.statisticAsString() == null
        ? alarm.extendedStatistic()
        : alarm.statisticAsString();
  }
}
