package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.TagList;
import io.pipelab.local.wire.Pojos;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;

/** {@code AWS::CloudWatch::Alarm} on a single metric. */
final class AlarmResource implements ResourceType {
  private static final int MAX_NAME = 255;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::CloudWatch::Alarm")
          .createOnly("AlarmName")
          .properties(
              "ActionsEnabled",
              "AlarmActions",
              "AlarmDescription",
              "ComparisonOperator",
              "DatapointsToAlarm",
              "Dimensions",
              "EvaluateLowSampleCountPercentile",
              "EvaluationPeriods",
              "ExtendedStatistic",
              "InsufficientDataActions",
              "MetricName",
              "Namespace",
              "OKActions",
              "Period",
              "Statistic",
              "Tags",
              "Threshold",
              "TreatMissingData",
              "Unit")
          .required("ComparisonOperator", "EvaluationPeriods")
          .attributes("Arn");

  private final AlarmSetup setup;
  private final AlarmViews views;

  AlarmResource(AlarmSetup setup, AlarmViews views) {
    this.setup = setup;
    this.views = views;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("AlarmName", MAX_NAME);
    return put(name, request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    PhysicalResource updated = put(current.physicalId(), after);
    String arn = find(current.physicalId()).get(0).alarmArn();
    List<String> had =
        views
            .listTagsForResource(ListTagsForResourceRequest.builder().resourceARN(arn).build())
            .tags()
            .stream()
            .map(Tag::key)
            .toList();
    views.untagResource(UntagResourceRequest.builder().resourceARN(arn).tagKeys(had).build());
    views.tagResource(TagResourceRequest.builder().resourceARN(arn).tags(tags(after)).build());
    return updated;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    // DeleteAlarms refuses a single name that it does not know, and this one may be gone already.
    String name = current.physicalId();
    if (!find(name).isEmpty()) {
      setup.deleteAlarms(DeleteAlarmsRequest.builder().alarmNames(name).build());
    }
  }

  private PhysicalResource put(String name, ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove("Tags");
    PutMetricAlarmRequest alarm = Pojos.bind(properties, PutMetricAlarmRequest.builder());
    setup.putMetricAlarm(alarm.toBuilder().alarmName(name).tags(tags(request)).build());
    String arn = find(name).get(0).alarmArn();
    return PhysicalResource.of(name).with("Arn", arn);
  }

  private List<MetricAlarm> find(String name) {
    return views
        .describeAlarms(DescribeAlarmsRequest.builder().alarmNames(name).build())
        .metricAlarms();
  }

  /** The stack's tags and over them the resource's own. */
  private static List<Tag> tags(ResourceRequest request) {
    return TagList.write(
        request.tags(), (key, value) -> Tag.builder().key(key).value(value).build());
  }
}
