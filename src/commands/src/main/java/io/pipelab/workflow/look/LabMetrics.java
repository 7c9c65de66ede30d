package io.pipelab.workflow.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Which metrics tell how a lab does: those of its queues, topics, functions and alarms. */
final class LabMetrics {
  /** Metric name to the statistic that makes sense of it. */
  private static final Map<String, String> QUEUE =
      ordered(
          "ApproximateNumberOfMessagesVisible", "Maximum",
          "ApproximateNumberOfMessagesNotVisible", "Maximum",
          "ApproximateAgeOfOldestMessage", "Maximum",
          "NumberOfMessagesSent", "Sum",
          "NumberOfMessagesReceived", "Sum",
          "NumberOfMessagesDeleted", "Sum");

  private static final Map<String, String> TOPIC =
      ordered(
          "NumberOfMessagesPublished", "Sum",
          "NumberOfNotificationsDelivered", "Sum",
          "NumberOfNotificationsFailed", "Sum");

  private static final Map<String, String> FUNCTION =
      ordered(
          "Invocations", "Sum",
          "Errors", "Sum",
          "Throttles", "Sum",
          "Duration", "Average",
          "ConcurrentExecutions", "Maximum",
          "DestinationDeliveryFailures", "Sum",
          "DeadLetterErrors", "Sum",
          "IteratorAge", "Maximum");

  /** Begins the name of every function. */
  static final String FUNCTIONS = "function ";

  private LabMetrics() {}

  /** The metrics of the queues, topics and functions among the resources. */
  static List<Metric> of(LabResources resources) {
    List<Metric> metrics = new ArrayList<>();
    for (LabResources.LabResource resource : resources.all()) {
      switch (resource.type()) {
        case "AWS::SQS::Queue" -> add(metrics, "queue", "AWS/SQS", "QueueName", resource, QUEUE);
        case "AWS::SNS::Topic" -> add(metrics, "topic", "AWS/SNS", "TopicName", resource, TOPIC);
        case "AWS::Lambda::Function" ->
            add(metrics, "function", "AWS/Lambda", "FunctionName", resource, FUNCTION);
        default -> {
          // what else a lab holds has no metrics that tell how it does
        }
      }
    }
    return metrics;
  }

  /** What the alarms among the resources watch; alarms on expressions watch no single metric. */
  static List<Metric> ofAlarms(LabResources resources, CloudWatchClient cloudWatch) {
    List<String> names = resources.ids("AWS::CloudWatch::Alarm");
    if (names.isEmpty()) {
      return List.of();
    }
    return cloudWatch.describeAlarmsPaginator(r -> r.alarmNames(names)).metricAlarms().stream()
        .filter(alarm -> alarm.metricName() != null)
        .map(LabMetrics::of)
        .toList();
  }

  private static Metric of(MetricAlarm alarm) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (Dimension dimension : alarm.dimensions()) {
      dimensions.put(dimension.name(), dimension.value());
    }
    String statistic =
        alarm.statistic() == null ? alarm.extendedStatistic() : alarm.statisticAsString();
    return new Metric(
        "alarm " + alarm.alarmName(),
        alarm.namespace(),
        alarm.metricName(),
        dimensions,
        statistic,
        alarm.stateValueAsString() + ", raised when " + condition(alarm));
  }

  private static String condition(MetricAlarm alarm) {
    String sign =
        switch (alarm.comparisonOperator()) {
          case GREATER_THAN_THRESHOLD -> ">";
          case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> ">=";
          case LESS_THAN_THRESHOLD -> "<";
          case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> "<=";
          default -> alarm.comparisonOperatorAsString();
        };
    Double threshold = alarm.threshold();
    return threshold == null
        ? sign
        : sign + " " + String.format(Locale.ROOT, "%s", threshold).replaceFirst("\\.0$", "");
  }

  /** The last part of a queue's URL, a topic's ARN or a function's name is its name. */
  private static void add(
      List<Metric> metrics,
      String kind,
      String namespace,
      String dimension,
      LabResources.LabResource resource,
      Map<String, String> statistics) {
    String name = resource.id().replaceFirst(".*[/:]", "");
    statistics.forEach(
        (metric, statistic) ->
            metrics.add(
                new Metric(
                    kind + " " + name, namespace, metric, Map.of(dimension, name), statistic, "")));
  }

  private static Map<String, String> ordered(String... namesAndStatistics) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndStatistics.length; i += 2) {
      map.put(namesAndStatistics[i], namesAndStatistics[i + 1]);
    }
    return map;
  }
}
