package io.pipelab.local.cloudwatch;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.DatedMetrics;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kernel.ServiceEvents;
import io.pipelab.local.kernel.TopicPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/**
 * CloudWatch: metrics by the cloud minute, and alarms.
 *
 * <p>At each full minute it first asks the {@link MetricSource}s for their gauges, then evaluates
 * the alarms. A gauge counts for the minute that just ended, not for the one that begins: alarms
 * and GetMetricStatistics look at ended minutes, so a sample dated to the new minute would be seen
 * a minute late.
 */
public final class CloudWatch implements AwsService, Metrics, DatedMetrics {
  private static final System.Logger LOG = System.getLogger(CloudWatch.class.getName());
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How many minutes are made up for when the machine could not keep up with the clock. */
  private static final int MAX_MINUTES_LATE = 60;

  /**
   * For how long a stall is filled with gauges: the day that an alarm with periods below an hour
   * can look back, twice, because the minutes made up for look back as well.
   */
  private static final Duration LONGEST_STALL = Duration.ofDays(2);

  private final CloudClock clock;
  private final MetricStore store = new MetricStore();
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
  private final AlarmActions alarmActions;
  private final AlarmEvents alarmEvents = new AlarmEvents();
  private final AlarmSetup alarmSetup;
  private final AlarmViews alarmViews;
  private final AlarmClock alarmClock;
  private final ScheduledFuture<?> ticks;
  private Instant lastTick;

  /** Starts with the clock's next full minute. */
  public CloudWatch(CloudIdentity identity, CloudClock clock) {
    this.clock = clock;
    AlarmHistory history = new AlarmHistory();
    this.alarmActions = new AlarmActions(identity, clock, history);
    Alarms alarms = new Alarms(clock, history, this::changed);
    this.alarmSetup = new AlarmSetup(identity, alarms, alarmActions);
    this.alarmViews = new AlarmViews(alarms, history);
    this.alarmClock = new AlarmClock(store, alarms);
    this.lastTick = fullMinute(clock.now());
    this.ticks = clock.every(MINUTE, this::tick);
  }

  /**
   * Gives the alarms their targets. Until then every action fails, and says so in the history.
   *
   * @param events hears of each change of an alarm's state
   */
  public void connect(TopicPublisher topics, FunctionInvoker functions, ServiceEvents events) {
    alarmActions.connect(topics, functions);
    alarmEvents.connect(events);
  }

  private void changed(StateChange change) {
    alarmEvents.changed(change);
    alarmActions.changed(change);
  }

  /** Asks a service for its gauges at each full minute from now on. */
  public void addSource(MetricSource source) {
    sources.add(source);
  }

  @Override
  public String signingName() {
    return "monitoring";
  }

  @Override
  public Actions actions() {
    Actions table =
        new Actions()
            .on(PutMetricDataRequest.class, new MetricInput(store, clock)::putMetricData)
            .on(
                GetMetricStatisticsRequest.class,
                new MetricStatistics(store, clock)::getMetricStatistics)
            .on(GetMetricDataRequest.class, new MetricDataQueries(store, clock)::getMetricData)
            .on(ListMetricsRequest.class, new MetricList(store, clock)::listMetrics);
    alarmSetup.addTo(table);
    alarmViews.addTo(table);
    return table;
  }

  /** The CloudFormation types of CloudWatch. */
  public List<ResourceType> resourceTypes() {
    return List.of(new AlarmResource(alarmSetup, alarmViews));
  }

  @Override
  public void record(
      String namespace, String metric, Map<String, String> dimensions, double value, String unit) {
    recordAt(clock.now(), namespace, metric, dimensions, value, unit);
  }

  @Override
  public void recordAt(
      Instant at,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double value,
      String unit) {
    store.add(MetricId.of(namespace, metric, dimensions), unit, at, set -> set.add(value, 1));
  }

  /** Never runs twice at a time: the clock runs a repeated task in turn. */
  private void tick() {
    Instant now = clock.now();
    Instant end = fullMinute(now);
    sample(end);
    Instant oldest = end.minus(MINUTE.multipliedBy(MAX_MINUTES_LATE));
    Instant minute = lastTick.isBefore(oldest) ? oldest : lastTick;
    while (minute.isBefore(end)) {
      minute = minute.plus(MINUTE);
      alarmClock.evaluateAll(minute, now);
    }
    lastTick = end;
    store.expire(now);
  }

  /**
   * Records the gauges for every minute since the last tick. More than one ends between two ticks
   * when the machine stood still, and what stood still kept its value: without one, an alarm would
   * take the pause for missing data.
   */
  private void sample(Instant end) {
    Instant oldest = end.minus(LONGEST_STALL);
    Instant first = lastTick.isBefore(oldest) ? oldest : lastTick;
    Metrics ended =
        (namespace, metric, dimensions, value, unit) -> {
          for (Instant minute = first; minute.isBefore(end); minute = minute.plus(MINUTE)) {
            recordAt(minute, namespace, metric, dimensions, value, unit);
          }
        };
    for (MetricSource source : sources) {
      try {
        source.sample(ended);
      } catch (RuntimeException | Error failure) {
        // One service's trouble must not silence the others or the alarms.
        LOG.log(System.Logger.Level.WARNING, "gauges of " + source + " are missing", failure);
      }
    }
  }

  private static Instant fullMinute(Instant moment) {
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), 60L) * 60);
  }

  @Override
  public void close() {
    ticks.cancel(false);
  }
}
