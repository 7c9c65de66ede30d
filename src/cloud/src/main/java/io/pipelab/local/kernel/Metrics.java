package io.pipelab.local.kernel;

import java.util.Map;

/** Port to CloudWatch metrics: how services report their own (AWS/SQS, AWS/Lambda ...). */
public interface Metrics {
  /**
   * Records one observation at the cloud's time.
   *
   * @param dimensions dimension names to values; an observation counts for exactly this set
   * @param unit CloudWatch's unit name: {@code Count}, {@code Milliseconds}, {@code Bytes}, {@code
   *     None} ...
   */
  void record(
      String namespace, String metric, Map<String, String> dimensions, double value, String unit);
}
