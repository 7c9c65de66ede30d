package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The actions that change alarms. */
final class AlarmSetup {
  private static final Set<ComparisonOperator> OPERATORS =
      Set.of(
          ComparisonOperator.GREATER_THAN_THRESHOLD,
          ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          ComparisonOperator.LESS_THAN_THRESHOLD,
          ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD);
  private static final List<String> TREATMENTS =
      List.of("breaching", "notBreaching", "ignore", "missing");
  private static final int MAX_ACTIONS = 5;
  private static final long DAY = 86_400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudIdentity identity;
  private final Alarms alarms;
  private final AlarmActions actions;

  AlarmSetup(CloudIdentity identity, Alarms alarms, AlarmActions actions) {
    this.identity = identity;
    this.alarms = alarms;
    this.actions = actions;
  }

  void addTo(Actions table) {
    table
        .on(PutMetricAlarmRequest.class, this::putMetricAlarm)
        .on(SetAlarmStateRequest.class, this::setAlarmState)
        .on(DeleteAlarmsRequest.class, this::deleteAlarms)
        .on(EnableAlarmActionsRequest.class, this::enableAlarmActions)
        .on(DisableAlarmActionsRequest.class, this::disableAlarmActions);
  }

  PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    validate(request);
    String arn = identity.arn("cloudwatch", "alarm:" + request.alarmName());
    Map<String, String> tags = AlarmViews.tags(request.tags());
    boolean created =
        alarms.put(
            MetricAlarm.builder()
                .alarmName(request.alarmName())
                .alarmArn(arn)
                .alarmDescription(request.alarmDescription())
                .actionsEnabled(!Boolean.FALSE.equals(request.actionsEnabled()))
                // Copies, because a list that was never set would not be answered at all.
                .okActions(new ArrayList<>(request.okActions()))
                .alarmActions(new ArrayList<>(request.alarmActions()))
                .insufficientDataActions(new ArrayList<>(request.insufficientDataActions()))
                .metricName(request.metricName())
                .namespace(request.namespace())
                .statistic(request.statisticAsString())
                .extendedStatistic(request.extendedStatistic())
                .dimensions(new ArrayList<>(request.dimensions()))
                .period(request.period())
                .unit(request.unitAsString())
                .evaluationPeriods(request.evaluationPeriods())
                .datapointsToAlarm(request.datapointsToAlarm())
                .threshold(request.threshold())
                .comparisonOperator(request.comparisonOperator())
                .treatMissingData(request.treatMissingData())
                .evaluateLowSampleCountPercentile(request.evaluateLowSampleCountPercentile())
                .build());
    if (created) {
      alarms.tags(arn).putAll(tags);
    }
    return PutMetricAlarmResponse.builder().build();
  }

  private void validate(PutMetricAlarmRequest request) {
    Invalid.required(request.alarmName(), "AlarmName");
    if (request.alarmName().length() > 255) {
      throw constraint(
          request.alarmName(), "alarmName", "Member must have length less than or equal to 255");
    }
    Invalid.required(request.metricName(), "MetricName");
    Invalid.required(request.namespace(), "Namespace");
    Invalid.required(request.threshold(), "Threshold");
    validateStatistic(request);
    validateComparison(request);
    validatePeriods(request);
    validateActions("oKActions", request.okActions());
    validateActions("alarmActions", request.alarmActions());
    validateActions("insufficientDataActions", request.insufficientDataActions());
    if (request.unit() == StandardUnit.UNKNOWN_TO_SDK_VERSION) {
      throw constraint(request.unitAsString(), "unit", "Member must satisfy enum value set");
    }
  }

  private static void validateStatistic(PutMetricAlarmRequest request) {
    boolean plain = request.statisticAsString() != null;
    if (plain == (request.extendedStatistic() != null)) {
      throw Invalid.validation("Must specify exactly one of Statistic or ExtendedStatistic");
    }
    if (request.statistic() == Statistic.UNKNOWN_TO_SDK_VERSION) {
      throw constraint(
          request.statisticAsString(), "statistic", "Member must satisfy enum value set");
    }
    if (!plain && Stat.percentile(request.extendedStatistic()).isEmpty()) {
      throw Invalid.validation(
          "The value "
              + request.extendedStatistic()
              + " for parameter ExtendedStatistic is not supported.");
    }
    String low = request.evaluateLowSampleCountPercentile();
    if (low != null && !low.equals("evaluate")) {
      throw AwsError.notImplemented("EvaluateLowSampleCountPercentile " + low);
    }
  }

  private static void validateComparison(PutMetricAlarmRequest request) {
    Invalid.required(request.comparisonOperatorAsString(), "ComparisonOperator");
    if (request.comparisonOperator() == ComparisonOperator.UNKNOWN_TO_SDK_VERSION) {
      throw constraint(
          request.comparisonOperatorAsString(),
          "comparisonOperator",
          "Member must satisfy enum value set");
    }
    if (!OPERATORS.contains(request.comparisonOperator())) {
      throw AwsError.notImplemented(
          "anomaly detection (" + request.comparisonOperatorAsString() + ")");
    }
    String treatment = request.treatMissingData();
    if (treatment != null && !TREATMENTS.contains(treatment)) {
      throw Invalid.validation(
          "The value "
              + treatment
              + " is not supported for TreatMissingData parameter. Supported values are "
              + TREATMENTS
              + ".");
    }
  }

  private static void validatePeriods(PutMetricAlarmRequest request) {
    int period = Invalid.required(request.period(), "Period");
    int periods = Invalid.required(request.evaluationPeriods(), "EvaluationPeriods");
    Integer datapoints = request.datapointsToAlarm();
    if (periods < 1) {
      throw constraint(
          periods, "evaluationPeriods", "Member must have value greater than or equal to 1");
    }
    if (datapoints != null && datapoints < 1) {
      throw constraint(
          datapoints, "datapointsToAlarm", "Member must have value greater than or equal to 1");
    }
    if (datapoints != null && datapoints > periods) {
      throw Invalid.validation(
          "DatapointsToAlarm ("
              + datapoints
              + ") must not be greater than EvaluationPeriods ("
              + periods
              + ").");
    }
    if (Set.of(10, 20, 30).contains(period)) {
      throw AwsError.notImplemented("high-resolution alarms (Period " + period + ")");
    }
    if (period < 60 || period % 60 != 0) {
      throw Invalid.validation("Period must be 10, 20, 30 or a multiple of 60");
    }
    long most = period >= 3600 ? 7 * DAY : DAY;
    if ((long) period * periods > most) {
      throw Invalid.validation(
          "Metrics cannot be checked across more than "
              + (most == DAY ? "a day" : "seven days")
              + " (EvaluationPeriods * Period must be <= "
              + most
              + ").");
    }
  }

  private void validateActions(String member, List<String> arns) {
    if (arns.size() > MAX_ACTIONS) {
      throw constraint(arns, member, "Member must have length less than or equal to 5");
    }
    arns.forEach(actions::validate);
  }

  private static AwsError constraint(Object value, String member, String constraint) {
    return Invalid.validation(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    String name = Invalid.required(request.alarmName(), "AlarmName");
    StateValue state = Invalid.required(request.stateValue(), "StateValue");
    Invalid.required(request.stateReason(), "StateReason");
    if (state == StateValue.UNKNOWN_TO_SDK_VERSION) {
      throw constraint(
          request.stateValueAsString(), "stateValue", "Member must satisfy enum value set");
    }
    requireJson(request.stateReasonData());
    if (alarms.find(name).isEmpty()) {
      throw AwsError.notFound("ResourceNotFound", "Unknown");
    }
    alarms.setState(name, null, state, request.stateReason(), request.stateReasonData());
    return SetAlarmStateResponse.builder().build();
  }

  private static void requireJson(@Nullable String data) {
    if (data == null) {
      return;
    }
    try {
      JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw AwsError.badRequest("InvalidFormat", "StateReasonData is not valid JSON");
    }
  }

  DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    List<String> unknown =
        request.alarmNames().stream().filter(name -> alarms.find(name).isEmpty()).toList();
    // As documented: with several names those that do not exist are passed over.
    if (request.alarmNames().size() == 1 && !unknown.isEmpty()) {
      throw AwsError.notFound("ResourceNotFound", "Unknown alarm " + unknown.get(0));
    }
    request.alarmNames().forEach(alarms::delete);
    return DeleteAlarmsResponse.builder().build();
  }

  EnableAlarmActionsResponse enableAlarmActions(EnableAlarmActionsRequest request) {
    request.alarmNames().forEach(name -> alarms.enableActions(name, true));
    return EnableAlarmActionsResponse.builder().build();
  }

  DisableAlarmActionsResponse disableAlarmActions(DisableAlarmActionsRequest request) {
    request.alarmNames().forEach(name -> alarms.enableActions(name, false));
    return DisableAlarmActionsResponse.builder().build();
  }
}
