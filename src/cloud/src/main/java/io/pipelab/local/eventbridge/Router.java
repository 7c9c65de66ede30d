package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ServiceEvents;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/** Brings events to the rules that wait for them, and their targets. */
final class Router implements ServiceEvents {
  private static final System.Logger LOG = System.getLogger(Router.class.getName());

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Buses buses;
  private final Deliveries deliveries;
  private final RuleMetrics metrics;

  Router(
      CloudIdentity identity,
      CloudClock clock,
      Buses buses,
      Deliveries deliveries,
      RuleMetrics metrics) {
    this.identity = identity;
    this.clock = clock;
    this.buses = buses;
    this.deliveries = deliveries;
    this.metrics = metrics;
  }

  /** Puts an event on a bus: each rule that matches tells its targets. */
  void put(Bus bus, Event event) {
    for (Rule rule : bus.matching(event.json().toString())) {
      metrics.matched(rule);
      trigger(rule, event);
    }
  }

  /** An event that came from another bus goes no further than this one (User Guide, buses). */
  private void putForwarded(Bus bus, Event event) {
    for (Rule rule : bus.matching(event.json().toString())) {
      metrics.matched(rule);
      metrics.triggered(rule);
      rule.targets().values().stream()
          .filter(target -> !target.arn().contains(":event-bus/"))
          .forEach(
              target ->
                  deliveries.accept(
                      new Deliveries.Delivery(rule, target, event, this::putForwarded)));
    }
  }

  private void trigger(Rule rule, Event event) {
    metrics.triggered(rule);
    rule.targets()
        .values()
        .forEach(
            target ->
                deliveries.accept(
                    new Deliveries.Delivery(rule, target, event, this::putForwarded)));
  }

  /** What a rule's schedule makes happen. */
  void scheduled(Rule rule) {
    Event.About about =
        new Event.About(
            "aws.events",
            "Scheduled Event",
            List.of(rule.arn),
            JsonNodeFactory.instance.objectNode());
    trigger(rule, Event.of(identity, about, clock.now(), clock.now(), null));
  }

  @Override
  public void happened(
      String source, String detailType, List<String> resources, Supplier<JsonNode> detail) {
    Bus bus = buses.standard();
    if (bus.listens()) {
      Event.About about = new Event.About(source, detailType, resources, detail.get());
      try {
        put(bus, Event.of(identity, about, clock.now(), clock.now(), null));
      } catch (AwsError e) { // what happened stays so, whether rules can be told of it or not
        LOG.log(Level.WARNING, "rules did not learn of {0}: {1}", detailType, e.getMessage());
      }
    }
  }
}
