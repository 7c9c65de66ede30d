package io.pipelab.drive;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Learns from the SDK's metrics of one call how often the SDK itself repeated it, and why. */
final class SdkAttempts implements MetricPublisher {
  /** The values of {@link CoreMetric#ERROR_TYPE} that say so. */
  private static final Set<String> NO_ANSWER = Set.of("IO", "ConfiguredTimeout");

  private volatile int repeated;
  private volatile boolean lostAnswer;

  @Override
  public void publish(MetricCollection call) {
    List<MetricCollection> attempts = call.children();
    repeated = Math.max(0, attempts.size() - 1);
    lostAnswer =
        attempts.stream()
            .flatMap(attempt -> attempt.metricValues(CoreMetric.ERROR_TYPE).stream())
            .anyMatch(NO_ANSWER::contains);
  }

  /** How many calls went out beyond the first. */
  int repeated() {
    return repeated;
  }

  /** Whether a call went out whose answer did not come: what it sent may have arrived. */
  boolean lostAnswer() {
    return lostAnswer;
  }

  @Override
  public void close() {}
}
