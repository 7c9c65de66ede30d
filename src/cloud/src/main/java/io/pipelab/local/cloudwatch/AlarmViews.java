package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/** The actions that show alarms, and their tags. */
final class AlarmViews {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Alarms alarms;
  private final AlarmHistory history;

  AlarmViews(Alarms alarms, AlarmHistory history) {
    this.alarms = alarms;
    this.history = history;
  }

  void addTo(Actions table) {
    table
        .on(DescribeAlarmsRequest.class, this::describeAlarms)
        .on(DescribeAlarmsForMetricRequest.class, this::describeAlarmsForMetric)
        .on(DescribeAlarmHistoryRequest.class, history::describeAlarmHistory)
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource);
  }

  DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    if (request.childrenOfAlarmName() != null || request.parentsOfAlarmName() != null) {
      throw AwsError.notImplemented("composite alarms");
    }
    if (!request.alarmNames().isEmpty() && request.alarmNamePrefix() != null) {
      throw Invalid.combination("AlarmNamePrefix and AlarmNames must not both be specified");
    }
    Integer size = request.maxRecords();
    if (size != null && (size < 1 || size > MAX_PAGE)) {
      throw Invalid.validation("MaxRecords must be between 1 and 100, not " + size);
    }
    List<MetricAlarm> found =
        alarms.all().stream().filter(alarm -> accepts(request, alarm)).toList();
    Page<MetricAlarm> page =
        Page.of(found, request.nextToken(), size == null ? DEFAULT_PAGE : size, MAX_PAGE);
    return DescribeAlarmsResponse.builder()
        .metricAlarms(page.items())
        .compositeAlarms(List.of())
        .nextToken(page.next())
        .build();
  }

  private static boolean accepts(DescribeAlarmsRequest request, MetricAlarm alarm) {
    return (request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.alarmName()))
        && (request.alarmNamePrefix() == null
            || alarm.alarmName().startsWith(request.alarmNamePrefix()))
        && (request.alarmTypes().isEmpty() || request.alarmTypes().contains(AlarmType.METRIC_ALARM))
        && (request.stateValue() == null || request.stateValue() == alarm.stateValue())
        && (request.actionPrefix() == null
            || actions(alarm).anyMatch(arn -> arn.startsWith(request.actionPrefix())));
  }

  private static Stream<String> actions(MetricAlarm alarm) {
    return Stream.of(alarm.okActions(), alarm.alarmActions(), alarm.insufficientDataActions())
        .flatMap(List::stream);
  }

  DescribeAlarmsForMetricResponse describeAlarmsForMetric(DescribeAlarmsForMetricRequest request) {
    MetricId id =
        MetricId.of(
            Invalid.required(request.namespace(), "Namespace"),
            Invalid.required(request.metricName(), "MetricName"),
            request.dimensions());
    List<MetricAlarm> found =
        alarms.all().stream()
            .filter(
                alarm ->
                    MetricId.of(alarm.namespace(), alarm.metricName(), alarm.dimensions())
                        .equals(id))
            .filter(alarm -> matches(request, alarm))
            .toList();
    return DescribeAlarmsForMetricResponse.builder().metricAlarms(found).build();
  }

  private static boolean matches(DescribeAlarmsForMetricRequest request, MetricAlarm alarm) {
    return (request.statistic() == null || request.statistic() == alarm.statistic())
        && (request.extendedStatistic() == null
            || request.extendedStatistic().equals(alarm.extendedStatistic()))
        && (request.period() == null || request.period().equals(alarm.period()))
        && (request.unit() == null || request.unit() == alarm.unit());
  }

  TagResourceResponse tagResource(TagResourceRequest request) {
    var tags = alarms.tags(Invalid.required(request.resourceARN(), "ResourceARN"));
    tags.putAll(tags(request.tags()));
    return TagResourceResponse.builder().build();
  }

  static Map<String, String> tags(List<Tag> tags) {
    return TagList.read(tags, Tag::key, Tag::value, "ValidationError");
  }

  UntagResourceResponse untagResource(UntagResourceRequest request) {
    var tags = alarms.tags(Invalid.required(request.resourceARN(), "ResourceARN"));
    request.tagKeys().forEach(tags::remove);
    return UntagResourceResponse.builder().build();
  }

  ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    var tags = alarms.tags(Invalid.required(request.resourceARN(), "ResourceARN"));
    synchronized (tags) {
      return ListTagsForResourceResponse.builder()
          .tags(TagList.write(tags, (key, value) -> Tag.builder().key(key).value(value).build()))
          .build();
    }
  }
}
