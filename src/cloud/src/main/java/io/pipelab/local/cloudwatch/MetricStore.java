package io.pipelab.local.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All metrics, each observation added up in its cloud minute. Minutes are kept as long as
 * CloudWatch keeps them, 15 days, and for a shorter time when there are very many.
 */
final class MetricStore {
  static final Duration RETENTION = Duration.ofDays(15);

  private static final System.Logger LOG = System.getLogger(MetricStore.class.getName());
  private static final Duration LEAST_RETENTION = Duration.ofHours(3);

  private final int maxMinutes;

  /** By metric, then by unit: CloudWatch keeps different units apart. */
  private final Map<MetricId, Map<String, MetricSeries>> metrics = new LinkedHashMap<>();

  MetricStore() {
    this(500_000);
  }

  /**
   * @param maxMinutes how many minutes of all metrics together are kept, some 100 bytes each; every
   *     value that a minute keeps for percentiles counts as one more
   */
  MetricStore(int maxMinutes) {
    this.maxMinutes = maxMinutes;
  }

  /** What to do with the set of a minute. */
  @FunctionalInterface
  interface Change {
    void apply(StatisticSet set);
  }

  /** Changes the set of the minute in which a moment lies. */
  synchronized void add(MetricId id, String unit, Instant at, Change change) {
    change.apply(
        metrics
            .computeIfAbsent(id, key -> new TreeMap<>())
            .computeIfAbsent(unit, key -> new MetricSeries())
            .at(minute(at)));
  }

  /**
   * One period of a metric in one set.
   *
   * @param unit the unit, or null for all of them together
   * @return null when nothing was observed
   */
  synchronized @Nullable StatisticSet total(
      MetricId id, @Nullable String unit, Instant from, Instant to) {
    StatisticSet total = null;
    for (Map.Entry<String, MetricSeries> series : metrics.getOrDefault(id, Map.of()).entrySet()) {
      if (unit == null || unit.equals(series.getKey())) {
        StatisticSet part = series.getValue().total(minute(from), minute(to));
        if (part != null && total != null) {
          total.addAll(part);
        } else if (part != null) {
          total = part;
        }
      }
    }
    return total;
  }

  /** The units in which a metric was observed. */
  synchronized Set<String> units(MetricId id) {
    return Set.copyOf(metrics.getOrDefault(id, Map.of()).keySet());
  }

  /** The metrics with an observation since a moment, in the order in which they first came. */
  synchronized List<MetricId> activeSince(Instant moment) {
    List<MetricId> active = new ArrayList<>();
    metrics.forEach(
        (id, units) -> {
          if (units.values().stream().anyMatch(series -> isActive(series, moment))) {
            active.add(id);
          }
        });
    return active;
  }

  /** Forgets what is too old or too much. */
  synchronized void expire(Instant now) {
    expireBefore(now.minus(RETENTION));
    Duration keep = RETENTION;
    while (minutes() > maxMinutes && keep.compareTo(LEAST_RETENTION) > 0) {
      keep = keep.dividedBy(2);
      expireBefore(now.minus(keep));
    }
    if (keep.compareTo(RETENTION) < 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "more than {0} metric minutes: those older than {1} were forgotten",
          maxMinutes,
          keep);
    }
  }

  private void expireBefore(Instant moment) {
    for (Map<String, MetricSeries> units : metrics.values()) {
      units.values().forEach(series -> series.expire(minute(moment)));
      units.values().removeIf(series -> series.size() == 0);
    }
    metrics.values().removeIf(Map::isEmpty);
  }

  private int minutes() {
    return metrics.values().stream()
        .flatMap(units -> units.values().stream())
        .mapToInt(MetricSeries::weight)
        .sum();
  }

  private static boolean isActive(MetricSeries series, Instant moment) {
    Long last = series.last();
    return last != null && last >= minute(moment);
  }

  private static long minute(Instant moment) {
    return Math.floorDiv(moment.getEpochSecond(), 60L);
  }
}
