package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** ListMetrics: the metrics with data within two weeks, or within three hours when asked so. */
final class MetricList {
  private static final int PAGE = 500;
  private static final Duration LISTED = Duration.ofDays(14);
  private static final Duration RECENT = Duration.ofHours(3);

  private final MetricStore store;
  private final CloudClock clock;

  MetricList(MetricStore store, CloudClock clock) {
    this.store = store;
    this.clock = clock;
  }

  ListMetricsResponse listMetrics(ListMetricsRequest request) {
    Instant since = clock.now().minus(request.recentlyActive() == null ? LISTED : RECENT);
    List<Metric> metrics =
        store.activeSince(since).stream()
            .filter(id -> accepts(request, id))
            .map(MetricId::metric)
            .toList();
    Page<Metric> page = Page.of(metrics, request.nextToken(), null, PAGE);
    return ListMetricsResponse.builder().metrics(page.items()).nextToken(page.next()).build();
  }

  private static boolean accepts(ListMetricsRequest request, MetricId id) {
    return (request.namespace() == null || request.namespace().equals(id.namespace()))
        && (request.metricName() == null || request.metricName().equals(id.name()))
        && request.dimensions().stream().allMatch(filter -> accepts(filter, id));
  }

  private static boolean accepts(DimensionFilter filter, MetricId id) {
    String value = id.dimensions().get(filter.name());
    return value != null && (filter.value() == null || filter.value().equals(value));
  }
}
