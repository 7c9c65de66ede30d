package io.pipelab.verify.check.queue;

import io.pipelab.target.ServiceFailures;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.cloudwatch.MetricSum;
import io.pipelab.verify.load.LoadRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Counts a load that was killed, or that had no answer, by what the queue says it got: its metric
 * NumberOfMessagesSent.
 */
public final class UncertainLoads {
  private UncertainLoads() {}

  /** The loads, of which the last, which the checks are about, is settled. */
  public static List<LoadRecord> settled(CheckScope scope) {
    List<LoadRecord> loads = new ArrayList<>(scope.loads());
    LoadRecord last = scope.load().orElse(null);
    if (last != null && last.uncertain() > 0) {
      loads.set(loads.size() - 1, last.settled(taken(last, scope)));
    }
    // One that the queue refused whole was none.
    loads.removeIf(load -> load.sent() == 0 && load.uncertain() == 0);
    return loads;
  }

  private static long taken(LoadRecord load, CheckScope scope) {
    MetricSum metric =
        new MetricSum(
            "AWS/SQS",
            "NumberOfMessagesSent",
            Map.of("QueueName", QueueAttributes.name(load.queueUrl())),
            0,
            new LoadBound(OptionalLong.empty()));
    try {
      long counted = metric.since(scope, load.startedAt().truncatedTo(ChronoUnit.MINUTES));
      return Math.max(load.sent(), Math.min(load.sent() + load.uncertain(), counted));
    } catch (SdkException e) {
      if (ServiceFailures.isUnsupported(e)) {
        return load.sent();
      }
      throw e;
    }
  }
}
