package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.CloudIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The JSON documents in which CloudWatch tells of an alarm, member for member as AWS has them. */
final class AlarmJson {
  private AlarmJson() {}

  /** What the alarm's history keeps of its configuration. */
  static ObjectNode configuration(MetricAlarm alarm) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("alarmName", alarm.alarmName());
    put(node, "alarmDescription", alarm.alarmDescription());
    node.put("alarmArn", alarm.alarmArn())
        .put(
            "alarmConfigurationUpdatedTimestamp",
            AlarmReason.timestamp(alarm.alarmConfigurationUpdatedTimestamp()))
        .put("namespace", alarm.namespace())
        .put("metricName", alarm.metricName());
    put(node, "statistic", alarm.statisticAsString());
    put(node, "extendedStatistic", alarm.extendedStatistic());
    put(node, "unit", alarm.unitAsString());
    node.put("period", alarm.period());
    node.set("dimensions", dimensions(alarm));
    node.put("threshold", alarm.threshold())
        .put("comparisonOperator", alarm.comparisonOperatorAsString())
        .put("evaluationPeriods", alarm.evaluationPeriods());
    if (alarm.datapointsToAlarm() != null) {
      node.put("datapointsToAlarm", alarm.datapointsToAlarm());
    }
    put(node, "treatMissingData", alarm.treatMissingData());
    node.put("stateValue", alarm.stateValueAsString())
        .put("stateUpdatedTimestamp", AlarmReason.timestamp(alarm.stateUpdatedTimestamp()))
        .put("actionsEnabled", alarm.actionsEnabled());
    node.set("alarmActions", texts(alarm.alarmActions()));
    node.set("insufficientDataActions", texts(alarm.insufficientDataActions()));
    node.set("okactions", texts(alarm.okActions()));
    return node;
  }

  /** The message that an SNS topic gets. */
  static ObjectNode notification(StateChange change, CloudIdentity identity) {
    MetricAlarm alarm = change.after();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("AlarmName", alarm.alarmName())
        .put("AlarmDescription", alarm.alarmDescription())
        .put("AWSAccountId", identity.account())
        .put(
            "AlarmConfigurationUpdatedTimestamp",
            AlarmReason.timestamp(alarm.alarmConfigurationUpdatedTimestamp()))
        .put("NewStateValue", alarm.stateValueAsString())
        .put("NewStateReason", alarm.stateReason())
        .put("StateChangeTime", AlarmReason.timestamp(alarm.stateTransitionedTimestamp()))
        .put("Region", RegionNames.of(identity.region()))
        .put("AlarmArn", alarm.alarmArn())
        .put("OldStateValue", change.before().stateValueAsString());
    node.set("OKActions", texts(alarm.okActions()));
    node.set("AlarmActions", texts(alarm.alarmActions()));
    node.set("InsufficientDataActions", texts(alarm.insufficientDataActions()));
    node.set("Trigger", trigger(alarm));
    return node;
  }

  private static ObjectNode trigger(MetricAlarm alarm) {
    ObjectNode trigger = JsonNodeFactory.instance.objectNode();
    trigger.put("MetricName", alarm.metricName()).put("Namespace", alarm.namespace());
    if (alarm.statisticAsString() == null) {
      trigger
          .put("StatisticType", "ExtendedStatistic")
          .put("ExtendedStatistic", alarm.extendedStatistic());
    } else {
      // SampleCount becomes SAMPLE_COUNT.
      String constant = alarm.statisticAsString().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
      trigger.put("StatisticType", "Statistic").put("Statistic", constant.toUpperCase(Locale.ROOT));
    }
    trigger.put("Unit", alarm.unitAsString());
    trigger.set("Dimensions", dimensions(alarm));
    trigger.put("Period", alarm.period()).put("EvaluationPeriods", alarm.evaluationPeriods());
    if (alarm.datapointsToAlarm() != null) {
      trigger.put("DatapointsToAlarm", alarm.datapointsToAlarm());
    }
    return trigger
        .put("ComparisonOperator", alarm.comparisonOperatorAsString())
        .put("Threshold", alarm.threshold())
        .put("TreatMissingData", orEmpty(alarm.treatMissingData()))
        .put("EvaluateLowSampleCountPercentile", orEmpty(alarm.evaluateLowSampleCountPercentile()));
  }

  /** The event that a function gets. */
  static ObjectNode event(StateChange change, CloudIdentity identity) {
    MetricAlarm alarm = change.after();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("source", "aws.cloudwatch")
        .put("alarmArn", alarm.alarmArn())
        .put("accountId", identity.account())
        .put("time", AlarmReason.timestamp(alarm.stateTransitionedTimestamp()))
        .put("region", identity.region());
    node.set("alarmData", data(change));
    return node;
  }

  /** What changed, as functions get it and as EventBridge does. */
  static ObjectNode data(StateChange change) {
    MetricAlarm alarm = change.after();
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("alarmName", alarm.alarmName());
    data.set("state", state(alarm));
    data.set("previousState", state(change.before()));
    ObjectNode configuration = data.putObject("configuration");
    put(configuration, "description", alarm.alarmDescription());
    ObjectNode metric = configuration.putArray("metrics").addObject();
    metric.put(
        "id", UUID.nameUUIDFromBytes(alarm.alarmArn().getBytes(StandardCharsets.UTF_8)).toString());
    ObjectNode stat = metric.putObject("metricStat");
    ObjectNode named =
        stat.putObject("metric")
            .put("namespace", alarm.namespace())
            .put("name", alarm.metricName());
    ObjectNode dimensions = named.putObject("dimensions");
    alarm.dimensions().forEach(each -> dimensions.put(each.name(), each.value()));
    stat.put("period", alarm.period()).put("stat", AlarmReason.statistic(alarm));
    put(stat, "unit", alarm.unitAsString());
    metric.put("returnData", true);
    return data;
  }

  private static ObjectNode state(MetricAlarm alarm) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("value", alarm.stateValueAsString()).put("reason", alarm.stateReason());
    put(state, "reasonData", alarm.stateReasonData());
    return state.put("timestamp", AlarmReason.timestamp(alarm.stateUpdatedTimestamp()));
  }

  private static ArrayNode dimensions(MetricAlarm alarm) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Dimension each : alarm.dimensions()) {
      array.addObject().put("value", each.value()).put("name", each.name());
    }
    return array;
  }

  private static ArrayNode texts(List<String> list) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    list.forEach(array::add);
    return array;
  }

  private static void put(ObjectNode node, String member, @Nullable String value) {
    if (value != null) {
      node.put(member, value);
    }
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
