package io.pipelab.local.eventbridge;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.EventBuses;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kernel.RecordStreams;
import io.pipelab.local.kernel.ServiceEvents;
import io.pipelab.local.kernel.TaskRunner;
import io.pipelab.local.kernel.TopicPublisher;
import java.util.List;

/**
 * Amazon EventBridge: buses and rules, without archives, pipes, API destinations and the scheduler.
 */
public final class EventBridge implements AwsService {
  private final Buses buses;
  private final Deliveries deliveries;
  private final Router router;
  private final RuleActions rules;
  private final EventActions events;
  private final Actions actions = new Actions();

  /**
   * What rules may call.
   *
   * @param access asks the role with which a target is called
   */
  public record Targets(
      FunctionInvoker functions,
      MessageQueues queues,
      TopicPublisher topics,
      LogSink logs,
      RecordStreams streams,
      TaskRunner tasks,
      AccessControl access) {}

  public EventBridge(CloudIdentity identity, CloudClock clock, Metrics metrics, Targets targets) {
    this.buses = new Buses(identity, clock);
    RuleMetrics counts = new RuleMetrics(metrics);
    TargetCalls calls =
        new TargetCalls(
            targets.functions(),
            targets.queues(),
            targets.topics(),
            targets.logs(),
            targets.streams(),
            targets.tasks(),
            buses,
            targets.access());
    this.deliveries = new Deliveries(calls, targets.queues(), clock, counts);
    this.router = new Router(identity, clock, buses, deliveries, counts);
    this.rules = new RuleActions(buses, new Timers(clock, router::scheduled), clock);
    rules.addTo(actions);
    new TargetActions(buses, rules).addTo(actions);
    this.events = new EventActions(buses, router, clock);
    events.addTo(actions);
    new BusActions(buses, clock).addTo(actions);
    new TagActions(buses).addTo(actions);
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  public List<ResourceType> resourceTypes() {
    return List.of(new RuleResource(rules), new EventBusResource(buses));
  }

  /** The port by which services tell the default bus what happened. */
  public ServiceEvents serviceEvents() {
    return router;
  }

  /** The port by which services put events on buses. */
  public EventBuses eventBuses() {
    return events;
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
