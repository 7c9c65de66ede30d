package io.pipelab.local.logs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.SortedMap;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteSubscriptionFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteSubscriptionFilterResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeSubscriptionFiltersRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeSubscriptionFiltersResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.Distribution;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutSubscriptionFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutSubscriptionFilterResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.SubscriptionFilter;

/** The actions on subscription filters. */
final class SubscriptionActions {
  private static final int MAX_PAGE = 50;
  private static final int MAX_FILTERS = 2;

  private final CloudClock clock;
  private final LogGroups groups;
  private final Deliveries deliveries;

  SubscriptionActions(CloudClock clock, LogGroups groups, Deliveries deliveries) {
    this.clock = clock;
    this.groups = groups;
    this.deliveries = deliveries;
  }

  void addTo(Actions table) {
    table
        .on(PutSubscriptionFilterRequest.class, this::putSubscriptionFilter)
        .on(DescribeSubscriptionFiltersRequest.class, this::describeSubscriptionFilters)
        .on(DeleteSubscriptionFilterRequest.class, this::deleteSubscriptionFilter);
  }

  PutSubscriptionFilterResponse putSubscriptionFilter(PutSubscriptionFilterRequest request) {
    LogPattern pattern = FilterPattern.parse(request.filterPattern());
    String group = request.logGroupName();
    Destination destination =
        Destination.of(request.destinationArn(), request.roleArn(), deliveries.identity());
    groups.with(group, each -> each);
    destination.checkNotFed(group);
    deliveries.check(destination.arn(), group);
    groups.with(
        group,
        each -> {
          SortedMap<String, Subscription> filters = each.subscriptions();
          if (!filters.containsKey(request.filterName()) && filters.size() >= MAX_FILTERS) {
            throw Refusal.limitExceeded();
          }
          filters.put(request.filterName(), new Subscription(shown(request), pattern));
          return each;
        });
    return PutSubscriptionFilterResponse.builder().build();
  }

  private SubscriptionFilter shown(PutSubscriptionFilterRequest request) {
    return SubscriptionFilter.builder()
        .filterName(request.filterName())
        .logGroupName(request.logGroupName())
        .filterPattern(request.filterPattern())
        .destinationArn(request.destinationArn())
        .distribution(
            request.distribution() == null ? Distribution.BY_LOG_STREAM : request.distribution())
        .applyOnTransformedLogs(false)
        .creationTime(clock.now().toEpochMilli())
        .build();
  }

  DescribeSubscriptionFiltersResponse describeSubscriptionFilters(
      DescribeSubscriptionFiltersRequest request) {
    String prefix = request.filterNamePrefix();
    List<SubscriptionFilter> found =
        groups.with(
            request.logGroupName(),
            group ->
                group.subscriptions().values().stream()
                    .map(Subscription::shown)
                    .filter(filter -> prefix == null || filter.filterName().startsWith(prefix))
                    .toList());
    Page<SubscriptionFilter> page =
        Refusal.page(found, request.nextToken(), request.limit(), MAX_PAGE);
    return DescribeSubscriptionFiltersResponse.builder()
        .subscriptionFilters(page.items())
        .nextToken(page.next())
        .build();
  }

  DeleteSubscriptionFilterResponse deleteSubscriptionFilter(
      DeleteSubscriptionFilterRequest request) {
    groups.with(
        request.logGroupName(),
        group -> {
          if (group.subscriptions().remove(request.filterName()) == null) {
            throw AwsError.badRequest(
                "ResourceNotFoundException", "The specified subscription filter does not exist.");
          }
          return group;
        });
    return DeleteSubscriptionFilterResponse.builder().build();
  }
}
