package io.pipelab.local.cloudwatch;

import io.pipelab.local.cloudwatch.AlarmEvaluation.Period;
import io.pipelab.local.cloudwatch.AlarmEvaluation.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * Evaluates every alarm at the end of a minute. As on AWS, a period longer than a minute slides: at
 * 03:07 a period of 300 seconds is 03:02 to 03:07.
 */
final class AlarmClock {
  private final MetricStore store;
  private final Alarms alarms;

  AlarmClock(MetricStore store, Alarms alarms) {
    this.store = store;
    this.alarms = alarms;
  }

  /**
   * Evaluates every alarm over the periods that end at a full minute.
   *
   * @param now the cloud's time, for the reasons
   */
  void evaluateAll(Instant minuteEnd, Instant now) {
    alarms.all().forEach(alarm -> evaluate(alarm, minuteEnd, now));
  }

  private void evaluate(MetricAlarm alarm, Instant minuteEnd, Instant now) {
    AlarmEvaluation evaluation = new AlarmEvaluation(alarm);
    Verdict verdict = evaluation.evaluate(periods(alarm, evaluation.range(), minuteEnd));
    if (verdict.state() != null && verdict.state() != alarm.stateValue()) {
      alarms.setState(
          alarm.alarmName(),
          alarm,
          verdict.state(),
          AlarmReason.text(alarm, evaluation, verdict.state(), verdict),
          AlarmReason.data(alarm, verdict, now));
    }
  }

  private List<Period> periods(MetricAlarm alarm, int count, Instant minuteEnd) {
    MetricId id = MetricId.of(alarm.namespace(), alarm.metricName(), alarm.dimensions());
    Stat stat = Stat.parse(AlarmReason.statistic(alarm)).orElseThrow();
    List<Period> periods = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Instant start = minuteEnd.minusSeconds((long) i * alarm.period());
      StatisticSet set =
          store.total(id, alarm.unitAsString(), start, start.plusSeconds(alarm.period()));
      periods.add(new Period(start, set == null ? 0 : set.count(), stat.value(set)));
    }
    return periods;
  }
}
