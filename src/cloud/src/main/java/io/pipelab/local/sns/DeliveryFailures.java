package io.pipelab.local.sns;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the log which subscriptions get nothing, and why: of the same reason the first time, then
 * whenever there are ten times as many, so that a load does not fill the log.
 */
final class DeliveryFailures {
  private static final System.Logger LOG = System.getLogger(DeliveryFailures.class.getName());

  private record Failure(String subscription, String reason) {}

  private final Map<Failure, Long> counts = new ConcurrentHashMap<>();

  /** Counts a message that was given up, and logs it when it is time. */
  void note(Subscription to, String reason) {
    long count = counts.merge(new Failure(to.arn, reason), 1L, Long::sum);
    if (isPowerOfTen(count)) {
      LOG.log(
          Level.WARNING,
          "SNS could not deliver {0} of {1} to {2}: {3}",
          count == 1 ? "a message" : count + " messages",
          to.topicArn,
          to.endpoint,
          reason);
    }
  }

  private static boolean isPowerOfTen(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
