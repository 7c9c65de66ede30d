package io.pipelab.local.cloudwatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One metric's minutes in order of time. Not safe for threads; {@link MetricStore} guards it. */
final class MetricSeries {
  private long[] minutes = new long[8];
  private StatisticSet[] sets = new StatisticSet[8];
  private int size;

  /**
   * The set of a minute, which is made when it is missing.
   *
   * @param minute minutes since the epoch
   */
  StatisticSet at(long minute) {
    int found = find(minute);
    return found >= 0 ? sets[found] : insert(~found, minute);
  }

  /** All minutes from one to before another in one set, or null when there is none. */
  @Nullable StatisticSet total(long from, long to) {
    int start = firstNotBefore(from);
    int end = firstNotBefore(to);
    if (start == end) {
      return null;
    }
    StatisticSet total = new StatisticSet();
    for (int i = start; i < end; i++) {
      total.addAll(sets[i]);
    }
    return total;
  }

  /** The last minute, or null when there is none. */
  @Nullable Long last() {
    return size == 0 ? null : minutes[size - 1];
  }

  int size() {
    return size;
  }

  /** How many minutes, and values that are kept for percentiles. */
  int weight() {
    int weight = 0;
    for (int i = 0; i < size; i++) {
      weight += 1 + sets[i].distinct();
    }
    return weight;
  }

  /** Forgets what is older than a minute. */
  void expire(long before) {
    int keepFrom = firstNotBefore(before);
    if (keepFrom > 0) {
      int room = Math.max(8, size - keepFrom);
      minutes = Arrays.copyOfRange(minutes, keepFrom, keepFrom + room);
      sets = Arrays.copyOfRange(sets, keepFrom, keepFrom + room);
      size -= keepFrom;
    }
  }

  private StatisticSet insert(int at, long minute) {
    if (size == minutes.length) {
      minutes = Arrays.copyOf(minutes, size + size / 2);
      sets = Arrays.copyOf(sets, size + size / 2);
    }
    System.arraycopy(minutes, at, minutes, at + 1, size - at);
    System.arraycopy(sets, at, sets, at + 1, size - at);
    minutes[at] = minute;
    sets[at] = new StatisticSet();
    size++;
    return sets[at];
  }

  private int firstNotBefore(long minute) {
    int found = find(minute);
    return found >= 0 ? found : ~found;
  }

  private int find(long minute) {
    // Nearly every observation belongs to the newest minute.
    if (size > 0 && minutes[size - 1] < minute) {
      return ~size;
    }
    return Arrays.binarySearch(minutes, 0, size, minute);
  }
}
