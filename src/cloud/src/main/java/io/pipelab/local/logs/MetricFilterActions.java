package io.pipelab.local.logs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteMetricFilterResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilterMatchRecord;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TestMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TestMetricFilterResponse;

/** The actions on metric filters. */
final class MetricFilterActions {
  private static final int MAX_PAGE = 50;
  private static final int MAX_FILTERS = 100;
  private static final int MAX_DIMENSIONS = 3;

  private final CloudClock clock;
  private final LogGroups groups;

  MetricFilterActions(CloudClock clock, LogGroups groups) {
    this.clock = clock;
    this.groups = groups;
  }

  void addTo(Actions table) {
    table
        .on(PutMetricFilterRequest.class, this::putMetricFilter)
        .on(DescribeMetricFiltersRequest.class, this::describeMetricFilters)
        .on(DeleteMetricFilterRequest.class, this::deleteMetricFilter)
        .on(TestMetricFilterRequest.class, this::testMetricFilter);
  }

  PutMetricFilterResponse putMetricFilter(PutMetricFilterRequest request) {
    LogPattern pattern = FilterPattern.parse(request.filterPattern());
    validate(request.metricTransformations().get(0), request.filterPattern().strip());
    groups.with(
        request.logGroupName(),
        group -> {
          SortedMap<String, MetricFilterRule> filters = group.metricFilters();
          if (!filters.containsKey(request.filterName()) && filters.size() >= MAX_FILTERS) {
            throw Refusal.limitExceeded();
          }
          filters.put(request.filterName(), new MetricFilterRule(shown(request), pattern));
          return group;
        });
    return PutMetricFilterResponse.builder().build();
  }

  private MetricFilter shown(PutMetricFilterRequest request) {
    return MetricFilter.builder()
        .filterName(request.filterName())
        .filterPattern(request.filterPattern())
        .metricTransformations(request.metricTransformations())
        .creationTime(clock.now().toEpochMilli())
        .logGroupName(request.logGroupName())
        .applyOnTransformedLogs(false)
        .build();
  }

  private static void validate(MetricTransformation transformation, String pattern) {
    boolean fields = pattern.startsWith("{") || pattern.startsWith("[");
    String value = transformation.metricValue();
    boolean valid =
        value.startsWith("$")
            ? fields && selects(pattern, value)
            : Comparison.number(value) != null;
    if (!valid) {
      throw Refusal.parameter("Invalid metric transformation: invalid metricValue " + value);
    }
    if (!transformation.hasDimensions() || transformation.dimensions().isEmpty()) {
      return;
    }
    if (transformation.defaultValue() != null) {
      throw Refusal.parameter(
          "Invalid metric transformation: dimensions and default value are mutually exclusive"
              + " properties.");
    }
    if (transformation.dimensions().size() > MAX_DIMENSIONS) {
      throw Refusal.parameter(
          "Invalid metric transformation: a metric filter has at most 3 dimensions.");
    }
    for (String selector : transformation.dimensions().values()) {
      if (!fields || !selects(pattern, selector)) {
        throw Refusal.parameter(
            "Invalid metric transformation: invalid dimension value " + selector);
      }
    }
  }

  private static boolean selects(String pattern, String selector) {
    return pattern.startsWith("{")
        ? JsonPattern.steps(selector) != null
        : selector.matches("\\$[A-Za-z0-9_-]+");
  }

  DescribeMetricFiltersResponse describeMetricFilters(DescribeMetricFiltersRequest request) {
    if ((request.metricName() == null) != (request.metricNamespace() == null)) {
      throw Refusal.parameter(
          "Parameters metricName and metricNamespace must be specified together.");
    }
    List<MetricFilter> found =
        request.logGroupName() == null
            ? groups.all(all -> all.values().stream().flatMap(MetricFilterActions::all).toList())
            : groups.with(request.logGroupName(), group -> all(group).toList());
    found = found.stream().filter(filter -> accepts(request, filter)).toList();
    Page<MetricFilter> page = Refusal.page(found, request.nextToken(), request.limit(), MAX_PAGE);
    return DescribeMetricFiltersResponse.builder()
        .metricFilters(page.items())
        .nextToken(page.next())
        .build();
  }

  private static Stream<MetricFilter> all(Group group) {
    return group.metricFilters().values().stream().map(MetricFilterRule::shown);
  }

  private static boolean accepts(DescribeMetricFiltersRequest request, MetricFilter filter) {
    MetricTransformation transformation = filter.metricTransformations().get(0);
    return startsWith(filter.filterName(), request.filterNamePrefix())
        && (request.metricName() == null
            || (request.metricName().equals(transformation.metricName())
                && request.metricNamespace().equals(transformation.metricNamespace())));
  }

  private static boolean startsWith(String name, @Nullable String prefix) {
    return prefix == null || name.startsWith(prefix);
  }

  DeleteMetricFilterResponse deleteMetricFilter(DeleteMetricFilterRequest request) {
    groups.with(
        request.logGroupName(),
        group -> {
          if (group.metricFilters().remove(request.filterName()) == null) {
            throw AwsError.badRequest(
                "ResourceNotFoundException", "The specified metric filter does not exist.");
          }
          return group;
        });
    return DeleteMetricFilterResponse.builder().build();
  }

  private TestMetricFilterResponse testMetricFilter(TestMetricFilterRequest request) {
    LogPattern pattern = FilterPattern.parse(request.filterPattern());
    List<MetricFilterMatchRecord> matches = new ArrayList<>();
    List<String> messages = request.logEventMessages();
    for (int i = 0; i < messages.size(); i++) {
      String message = messages.get(i);
      if (pattern.test(message)) {
        matches.add(
            MetricFilterMatchRecord.builder()
                .eventNumber((long) i)
                .eventMessage(message)
                .extractedValues(pattern.extracted(message))
                .build());
      }
    }
    return TestMetricFilterResponse.builder().matches(matches).build();
  }
}
