package io.pipelab.verify.check.queue;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.cloudwatch.MetricSum;
import io.pipelab.verify.load.LoadRecord;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A queue took exactly what the load sent: by the sender's own account, and by the queue's metric
 * NumberOfMessagesSent.
 */
public record MessagesSent(String queue) implements Check {
  public static final CheckType TYPE =
      CheckType.named("messages-sent")
          .needs("queue")
          // SQS begins to report a queue up to 15 minutes after it was first used.
          .within(Duration.ofMinutes(16))
          .madeBy(settings -> new MessagesSent(settings.text("queue")));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.load().isEmpty()) {
      return Observation.expect("a load").skipped("nothing was loaded");
    }
    LoadRecord load = scope.load().get();
    Claim claim = Observation.expect(load.asked() + " messages in " + QueueAttributes.name(queue));
    if (load.sent() != load.asked()) {
      return claim.never(
          "the queue took " + load.sent() + " of " + load.asked() + ", says load-queue");
    }
    long counted = metric().since(scope, LoadBound.sinceMinute(scope));
    String actual = load.sent() + " sent, NumberOfMessagesSent " + counted;
    if (counted < load.sent()) {
      return claim.notYet(actual);
    }
    // The metric counts by the minute, and whoever else sends.
    return claim.holds(
        counted == load.sent() ? actual : actual + " with those of other senders in these minutes");
  }

  private MetricSum metric() {
    return new MetricSum(
        "AWS/SQS",
        "NumberOfMessagesSent",
        Map.of("QueueName", QueueAttributes.name(queue)),
        0,
        new LoadBound(OptionalLong.empty()));
  }
}
