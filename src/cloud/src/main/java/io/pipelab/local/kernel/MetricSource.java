package io.pipelab.local.kernel;

/** A service with gauges: CloudWatch asks it once every cloud minute. */
@FunctionalInterface
public interface MetricSource {
  /** Records the present value of each gauge. */
  void sample(Metrics metrics);
}
