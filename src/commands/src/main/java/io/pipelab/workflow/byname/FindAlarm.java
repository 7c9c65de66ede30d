package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A metric alarm of Amazon CloudWatch. */
final class FindAlarm implements PartKind {
  @Override
  public String word() {
    return "alarm";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search
        .clients()
        .cloudWatch()
        .describeAlarmsPaginator(
            describe -> {
              if (name.open()) {
                describe.alarmNamePrefix(name.beginning());
              } else {
                describe.alarmNames(name.text());
              }
            })
        .metricAlarms()
        .stream()
        .map(
            alarm ->
                new Part(
                    "AWS::CloudWatch::Alarm",
                    alarm.alarmName(),
                    alarm.alarmName(),
                    Map.of("name", alarm.alarmName(), "arn", alarm.alarmArn())))
        .toList();
  }
}
