package io.pipelab.local.cloudwatch;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** PutMetricData: checks every datum first, then adds all of them or none. */
final class MetricInput {
  private static final int MAX_DATA = 1000;
  private static final int MAX_VALUES = 150;
  private static final int MAX_DIMENSIONS = 30;
  private static final double LARGEST = Math.pow(2, 360);
  private static final Duration PAST = Duration.ofDays(14);
  private static final Duration FUTURE = Duration.ofHours(2);

  private final MetricStore store;
  private final CloudClock clock;

  MetricInput(MetricStore store, CloudClock clock) {
    this.store = store;
    this.clock = clock;
  }

  PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
    String namespace = namespace(request.namespace());
    List<MetricDatum> data = new ArrayList<>(request.metricData());
    request.entityMetricData().forEach(entity -> data.addAll(entity.metricData()));
    if (data.isEmpty()) {
      throw AwsError.badRequest("MissingParameter", "The parameter MetricData is required.");
    }
    if (data.size() > MAX_DATA) {
      throw Invalid.value(
          "The collection MetricData must not have a size greater than " + MAX_DATA + ".");
    }
    Instant now = clock.now();
    List<Runnable> changes = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      changes.add(change(namespace, data.get(i), "MetricData.member." + (i + 1), now));
    }
    changes.forEach(Runnable::run);
    return PutMetricDataResponse.builder().build();
  }

  private static String namespace(String given) {
    String namespace = Invalid.required(given, "Namespace");
    if (namespace.startsWith("AWS/")) {
      throw Invalid.value(
          "The value "
              + namespace
              + " for parameter Namespace is invalid. Custom metrics must not start with AWS/");
    }
    if (namespace.startsWith(":") || namespace.length() > 255) {
      throw Invalid.value("The value " + namespace + " for parameter Namespace is invalid.");
    }
    return namespace;
  }

  private Runnable change(String namespace, MetricDatum datum, String path, Instant now) {
    MetricId id =
        MetricId.of(
            namespace,
            Invalid.required(datum.metricName(), path + ".MetricName"),
            dimensions(datum.dimensions(), path));
    String unit = unit(datum, path);
    Instant at = timestamp(datum, path, now);
    Integer resolution = datum.storageResolution();
    if (resolution != null && resolution != 1 && resolution != 60) {
      throw Invalid.value(
          "The value " + resolution + " for parameter " + path + ".StorageResolution is invalid.");
    }
    MetricStore.Change change = observations(datum, path);
    return () -> store.add(id, unit, at, change);
  }

  private static MetricStore.Change observations(MetricDatum datum, String path) {
    int forms =
        (datum.value() != null ? 1 : 0)
            + (datum.statisticValues() != null ? 1 : 0)
            + (datum.values().isEmpty() ? 0 : 1);
    if (forms == 0) {
      throw AwsError.badRequest(
          "MissingParameter",
          "At least one of the parameters "
              + path
              + ".Value, "
              + path
              + ".Values and "
              + path
              + ".StatisticValues must be specified.");
    }
    if (forms > 1) {
      throw Invalid.combination(
          "The parameters "
              + path
              + ".Value, "
              + path
              + ".Values and "
              + path
              + ".StatisticValues are mutually exclusive and you have specified more than one.");
    }
    if (datum.value() != null) {
      double value = finite(datum.value(), path + ".Value");
      return set -> set.add(value, 1);
    }
    return datum.values().isEmpty() ? statisticSet(datum, path) : values(datum, path);
  }

  private static MetricStore.Change statisticSet(MetricDatum datum, String path) {
    String below = path + ".StatisticValues.";
    var values = datum.statisticValues();
    double count = finite(values.sampleCount(), below + "SampleCount");
    double sum = finite(values.sum(), below + "Sum");
    double min = finite(values.minimum(), below + "Minimum");
    double max = finite(values.maximum(), below + "Maximum");
    if (count <= 0) {
      throw Invalid.value(
          "The value " + count + " for parameter " + below + "SampleCount must be greater than 0.");
    }
    if (min > max) {
      throw Invalid.combination(
          "The parameter " + below + "Maximum must be greater than " + below + "Minimum.");
    }
    return set -> set.addSet(count, sum, min, max);
  }

  private static MetricStore.Change values(MetricDatum datum, String path) {
    List<Double> values = datum.values();
    List<Double> counts = datum.counts();
    if (values.size() > MAX_VALUES) {
      throw Invalid.value(
          "The collection " + path + ".Values must not have a size greater than 150.");
    }
    if (!counts.isEmpty() && counts.size() != values.size()) {
      throw Invalid.value(
          "The parameters " + path + ".Values and " + path + ".Counts must be of the same size.");
    }
    for (int i = 0; i < values.size(); i++) {
      finite(values.get(i), path + ".Values.member." + (i + 1));
      if (!counts.isEmpty() && finite(counts.get(i), path + ".Counts.member." + (i + 1)) < 0) {
        throw Invalid.value("The parameter " + path + ".Counts must not have negative values.");
      }
    }
    return set -> {
      for (int i = 0; i < values.size(); i++) {
        set.add(values.get(i), counts.isEmpty() ? 1 : counts.get(i));
      }
    };
  }

  private static List<Dimension> dimensions(List<Dimension> dimensions, String path) {
    if (dimensions.size() > MAX_DIMENSIONS) {
      throw Invalid.value(
          "The collection " + path + ".Dimensions must not have a size greater than 30.");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < dimensions.size(); i++) {
      String below = path + ".Dimensions.member." + (i + 1);
      String name = Invalid.required(dimensions.get(i).name(), below + ".Name");
      Invalid.required(dimensions.get(i).value(), below + ".Value");
      if (!names.add(name)) {
        throw Invalid.value("No duplicated dimension names are allowed: " + name);
      }
    }
    return dimensions;
  }

  private static String unit(MetricDatum datum, String path) {
    if (datum.unit() == StandardUnit.UNKNOWN_TO_SDK_VERSION) {
      throw Invalid.value(
          "The value " + datum.unitAsString() + " for parameter " + path + ".Unit is invalid.");
    }
    return datum.unit() == null ? "None" : datum.unitAsString();
  }

  private static Instant timestamp(MetricDatum datum, String path, Instant now) {
    Instant at = datum.timestamp();
    if (at == null) {
      return now;
    }
    if (at.isBefore(now.minus(PAST))) {
      throw Invalid.value(
          "The parameter "
              + path
              + ".Timestamp must specify a time within the past two weeks. The cloud's time is "
              + now);
    }
    if (at.isAfter(now.plus(FUTURE))) {
      throw Invalid.value(
          "The parameter "
              + path
              + ".Timestamp must specify a time no more than two hours in the future. The cloud's"
              + " time is "
              + now);
    }
    return at;
  }

  private static double finite(Double given, String path) {
    double value = Invalid.required(given, path);
    if (Double.isNaN(value) || Math.abs(value) > LARGEST) {
      throw Invalid.value("The value " + value + " for parameter " + path + " is invalid.");
    }
    return value;
  }
}
