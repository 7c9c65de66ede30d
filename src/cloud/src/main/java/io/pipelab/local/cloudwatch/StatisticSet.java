package io.pipelab.local.cloudwatch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Observations in sum: count, sum, minimum, maximum, and for percentiles how often each value came.
 * Not safe for threads; {@link MetricStore} guards the ones it keeps.
 */
final class StatisticSet {
  /** Beyond so many different values they are kept to three significant digits. */
  private static final int MAX_DISTINCT = 500;

  private static final MathContext COARSE = new MathContext(3, RoundingMode.HALF_UP);

  private double count;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** How often each value came; null while all were the same. */
  private @Nullable Map<Double, Double> values;

  /** Whether values are kept to three digits by now. */
  private boolean coarse;

  /** Whether values are missing, because somebody put a ready-made set. */
  private boolean opaque;

  /** Adds a value that was observed so many times. */
  void add(double value, double times) {
    if (times <= 0) {
      return;
    }
    spread(value, value);
    if (values != null) {
      values.merge(coarse ? rounded(value) : value, times, Double::sum);
      if (!coarse && values.size() > MAX_DISTINCT) {
        coarsen(values);
      }
    }
    tally(times, value * times, value, value);
  }

  /** How many values are kept for percentiles; 0 while all were the same. */
  int distinct() {
    return values == null ? 0 : values.size();
  }

  /** Adds a ready-made set, of whose values only the extremes are known. */
  void addSet(double setCount, double setSum, double setMin, double setMax) {
    if (setMin == setMax) {
      add(setMin, setCount);
      return;
    }
    opaque = true;
    values = null;
    tally(setCount, setSum, setMin, setMax);
  }

  void addAll(StatisticSet other) {
    if (other.opaque) {
      addSet(other.count, other.sum, other.min, other.max);
    } else if (other.values == null) {
      add(other.min, other.count);
    } else {
      other.values.forEach(this::add);
    }
  }

  double count() {
    return count;
  }

  double sum() {
    return sum;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double average() {
    return sum / count;
  }

  /**
   * The smallest value that is not below so many percent of the observations; null when the values
   * are not known.
   */
  @Nullable Double percentile(double percent) {
    if (count == 0 || opaque) {
      return null;
    }
    if (values == null) {
      return min;
    }
    double rank = Math.max(percent / 100 * count, Double.MIN_VALUE);
    double seen = 0;
    for (Map.Entry<Double, Double> entry : new TreeMap<>(values).entrySet()) {
      seen += entry.getValue();
      // A hair of tolerance: 0.9 times 10 is not exactly 9.
      if (seen >= rank - 1e-9) {
        return entry.getKey();
      }
    }
    return max;
  }

  private void tally(double moreCount, double moreSum, double lower, double upper) {
    count += moreCount;
    sum += moreSum;
    min = Math.min(min, lower);
    max = Math.max(max, upper);
  }

  /** Starts to keep values as soon as a second one comes. */
  private void spread(double lower, double upper) {
    if (count > 0 && values == null && !opaque && (lower != min || upper != max)) {
      values = new HashMap<>();
      values.put(min, count);
    }
  }

  private void coarsen(Map<Double, Double> exact) {
    Map<Double, Double> fewer = new HashMap<>();
    exact.forEach((value, times) -> fewer.merge(rounded(value), times, Double::sum));
    values = fewer;
    coarse = true;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(COARSE).doubleValue();
  }
}
