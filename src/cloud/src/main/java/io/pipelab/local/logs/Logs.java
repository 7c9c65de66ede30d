package io.pipelab.local.logs;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.DatedMetrics;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;

/** CloudWatch Logs. */
public final class Logs implements AwsService, LogSink, MetricSource {
  private final CloudClock clock;
  private final LogGroups groups;
  private final EventInput input;
  private final GroupActions groupActions;
  private final StreamActions streamActions;
  private final TagActions tagActions;
  private final MetricFilterActions metricFilters;
  private final SubscriptionActions subscriptions;
  private final Deliveries deliveries;
  private final ScheduledFuture<?> expiry;

  public Logs(CloudIdentity identity, CloudClock clock) {
    this.clock = clock;
    this.groups = new LogGroups(clock);
    this.input = new EventInput(clock, groups);
    GroupNames names = new GroupNames(identity);
    this.groupActions = new GroupActions(names, clock, groups);
    this.streamActions = new StreamActions(names, clock, groups);
    this.tagActions = new TagActions(groups);
    this.metricFilters = new MetricFilterActions(clock, groups);
    this.deliveries = new Deliveries(identity, clock);
    this.subscriptions = new SubscriptionActions(clock, groups, deliveries);
    this.expiry = clock.every(Duration.ofHours(1), groups::expire);
  }

  /**
   * Gives the filters their targets. Until then events are only kept, and no subscription is taken.
   */
  public void connect(DatedMetrics metrics, FunctionInvoker functions) {
    deliveries.connect(functions);
    groups.onArrival(
        (group, stream, event) -> {
          group.metricFilters().values().forEach(filter -> filter.observe(event, metrics));
          deliveries.offer(group, stream, event);
        });
  }

  /** The default values of metric filters, for the minute that ended. */
  @Override
  public void sample(Metrics metrics) {
    groups.all(
        all -> {
          all.values().stream()
              .flatMap(group -> group.metricFilters().values().stream())
              .forEach(filter -> filter.minuteEnds(metrics));
          return all;
        });
  }

  @Override
  public String signingName() {
    return "logs";
  }

  @Override
  public Actions actions() {
    Actions table =
        new Actions()
            .on(PutLogEventsRequest.class, input::putLogEvents)
            .on(GetLogEventsRequest.class, new EventPages(groups)::getLogEvents)
            .on(FilterLogEventsRequest.class, new EventSearch(groups)::filterLogEvents);
    groupActions.addTo(table);
    streamActions.addTo(table);
    tagActions.addTo(table);
    metricFilters.addTo(table);
    subscriptions.addTo(table);
    return table;
  }

  /** The CloudFormation types of CloudWatch Logs. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new LogGroupResource(groupActions, tagActions),
        new LogStreamResource(streamActions),
        new MetricFilterResource(metricFilters),
        new SubscriptionFilterResource(subscriptions));
  }

  /** Whether there is a group of that name. */
  public boolean hasGroup(String group) {
    return groups.has(group);
  }

  @Override
  public void ensureGroup(String group) {
    groups.add(new Group(GroupNames.newGroup(group), clock.now().toEpochMilli(), "STANDARD"));
  }

  /** {@inheritDoc} Empty lines are left out: on AWS an event has at least one character. */
  @Override
  public void append(String group, String stream, List<String> lines) {
    input.append(group, stream, lines);
  }

  @Override
  public void close() {
    expiry.cancel(false);
  }
}
