package io.pipelab.local.logs;

import software.amazon.awssdk.services.cloudwatchlogs.model.SubscriptionFilter;

/**
 * One subscription filter.
 *
 * @param shown as DescribeSubscriptionFilters shows it
 */
record Subscription(SubscriptionFilter shown, LogPattern pattern) {
  String name() {
    return shown.filterName();
  }
}
