package io.pipelab.local.kernel;

import java.time.Instant;
import java.util.Map;

/** Port to CloudWatch metrics for observations that were made at a moment of their own. */
@FunctionalInterface
public interface DatedMetrics {
  /**
   * Records one observation.
   *
   * @param at cloud time, not older than the 15 days for which CloudWatch keeps minutes
   * @param dimensions dimension names to values; an observation counts for exactly this set
   * @param unit CloudWatch's unit name
   */
  void recordAt(
      Instant at,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double value,
      String unit);
}
