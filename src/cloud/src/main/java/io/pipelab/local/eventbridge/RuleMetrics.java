package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.Metrics;
import java.util.Map;

/**
 * What EventBridge reports to CloudWatch in AWS/Events (User Guide, "Monitoring Amazon
 * EventBridge"): by rule, and by bus and rule where the bus is not the default one.
 */
final class RuleMetrics {
  private static final String NAMESPACE = "AWS/Events";

  private final Metrics metrics;

  RuleMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  void matched(Rule rule) {
    record(rule, "MatchedEvents");
  }

  void triggered(Rule rule) {
    record(rule, "TriggeredRules");
  }

  void invoked(Rule rule) {
    record(rule, "Invocations");
  }

  void retried(Rule rule) {
    record(rule, "RetryInvocationAttempts");
  }

  void failed(Rule rule) {
    record(rule, "FailedInvocations");
  }

  void deadLettered(Rule rule, boolean sent) {
    record(rule, sent ? "InvocationsSentToDlq" : "InvocationsFailedToBeSentToDlq");
  }

  private void record(Rule rule, String metric) {
    Map<String, String> dimensions =
        rule.bus.equals(Bus.DEFAULT)
            ? Map.of("RuleName", rule.name)
            : Map.of("EventBusName", rule.bus, "RuleName", rule.name);
    metrics.record(NAMESPACE, metric, dimensions, 1, "Count");
  }
}
