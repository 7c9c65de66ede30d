package io.pipelab.workflow.look;

import io.pipelab.target.TargetTime;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** Reads the metrics of a lab since it was set up, at most for an hour unless more is asked for. */
public final class ReadMetrics {
  private static final Duration USUAL = Duration.ofHours(1);

  /** GetMetricData takes no more queries at once. */
  private static final int MOST_QUERIES = 500;

  private final LabInstance lab;
  private final LabParts parts;
  private final Cloud cloud;

  /**
   * The metrics of a copy of a lab.
   *
   * @param parts those that were found by their names
   */
  public ReadMetrics(LabInstance lab, LabParts parts, Cloud cloud) {
    this.lab = lab;
    this.parts = parts;
    this.cloud = cloud;
  }

  /** The metrics that were read, and for which time. */
  public record Charts(MetricSpan span, List<MetricSeries> series) {}

  /**
   * Reads them.
   *
   * @param last how much time to look back on, by the target's clock; null for the usual
   * @throws io.pipelab.target.Failure of kind USAGE when the lab is not up
   */
  public Charts read(@Nullable Duration last) {
    LabResources resources = LabResources.of(lab.lab().id(), lab.instance(), parts, cloud);
    Instant now = new TargetTime(cloud.clients()).now();
    Instant start = now.minus(last == null ? USUAL : last);
    boolean younger = last == null && resources.since().isAfter(start);
    MetricSpan span = MetricSpan.of(younger ? resources.since() : start, now);
    List<Metric> metrics = new ArrayList<>(LabMetrics.of(resources));
    metrics.addAll(LabMetrics.ofAlarms(resources, cloud.clients().cloudWatch()));
    List<MetricSeries> series = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i += MOST_QUERIES) {
      series.addAll(values(metrics.subList(i, Math.min(metrics.size(), i + MOST_QUERIES)), span));
    }
    return new Charts(span, SuccessRate.added(series));
  }

  private List<MetricSeries> values(List<Metric> metrics, MetricSpan span) {
    List<MetricDataQuery> queries = new ArrayList<>();
    List<Map<Instant, Double>> known = new ArrayList<>();
    for (Metric metric : metrics) {
      queries.add(query("m" + queries.size(), metric, span.period()));
      known.add(new HashMap<>());
    }
    for (MetricDataResult result :
        cloud
            .clients()
            .cloudWatch()
            .getMetricDataPaginator(
                r -> r.metricDataQueries(queries).startTime(span.from()).endTime(span.to()))
            .metricDataResults()) {
      Map<Instant, Double> values = known.get(Integer.parseInt(result.id().substring(1)));
      for (int i = 0; i < result.timestamps().size(); i++) {
        values.put(result.timestamps().get(i), result.values().get(i));
      }
    }
    List<MetricSeries> series = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      series.add(MetricSeries.of(metrics.get(i), span, known.get(i)));
    }
    return series;
  }

  private static MetricDataQuery query(String id, Metric metric, Duration period) {
    List<Dimension> dimensions =
        metric.dimensions().entrySet().stream()
            .map(e -> Dimension.builder().name(e.getKey()).value(e.getValue()).build())
            .toList();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.stat(metric.statistic())
                    .period((int) period.toSeconds())
                    .metric(
                        m ->
                            m.namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(dimensions)))
        .build();
  }
}
