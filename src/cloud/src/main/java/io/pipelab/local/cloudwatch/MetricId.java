package io.pipelab.local.cloudwatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** What makes a metric one of its own: its namespace, its name and its exact set of dimensions. */
record MetricId(String namespace, String name, SortedMap<String, String> dimensions) {
  static MetricId of(String namespace, String name, Map<String, String> dimensions) {
    return new MetricId(
        namespace, name, Collections.unmodifiableSortedMap(new TreeMap<>(dimensions)));
  }

  static MetricId of(String namespace, String name, List<Dimension> dimensions) {
    Map<String, String> map = new TreeMap<>();
    dimensions.forEach(each -> map.put(each.name(), each.value()));
    return of(namespace, name, map);
  }

  static MetricId of(Metric metric) {
    return of(metric.namespace(), metric.metricName(), metric.dimensions());
  }

  /** As the API shows it. */
  Metric metric() {
    List<Dimension> list = new ArrayList<>();
    dimensions.forEach(
        (key, value) -> list.add(Dimension.builder().name(key).value(value).build()));
    return Metric.builder().namespace(namespace).metricName(name).dimensions(list).build();
  }
}
