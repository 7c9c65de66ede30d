package io.pipelab.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * What happened to alarms, those that are deleted included: 30 days, at most 5,000 items, some KiB
 * each.
 */
final class AlarmHistory {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final int MAX_ITEMS = 5_000;
  private static final int PAGE = 100;

  private final Deque<AlarmHistoryItem> items = new ArrayDeque<>();

  synchronized void add(
      String alarm, HistoryItemType type, String summary, ObjectNode data, Instant at) {
    items.addLast(
        AlarmHistoryItem.builder()
            .alarmName(alarm)
            .alarmType(AlarmType.METRIC_ALARM)
            .timestamp(at)
            .historyItemType(type)
            .historySummary(summary)
            .historyData(data.toString())
            .build());
    while (items.size() > MAX_ITEMS || items.getFirst().timestamp().isBefore(at.minus(RETENTION))) {
      items.removeFirst();
    }
  }

  DescribeAlarmHistoryResponse describeAlarmHistory(DescribeAlarmHistoryRequest request) {
    List<AlarmHistoryItem> found = new ArrayList<>();
    synchronized (this) {
      items.stream().filter(item -> accepts(request, item)).forEach(found::add);
    }
    if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
      Collections.reverse(found);
    }
    Page<AlarmHistoryItem> page = Page.of(found, request.nextToken(), request.maxRecords(), PAGE);
    return DescribeAlarmHistoryResponse.builder()
        .alarmHistoryItems(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean accepts(DescribeAlarmHistoryRequest request, AlarmHistoryItem item) {
    return (request.alarmName() == null || request.alarmName().equals(item.alarmName()))
        && (request.alarmTypes().isEmpty() || request.alarmTypes().contains(AlarmType.METRIC_ALARM))
        && (request.historyItemType() == null
            || request.historyItemType() == item.historyItemType())
        && (request.startDate() == null || !item.timestamp().isBefore(request.startDate()))
        && (request.endDate() == null || !item.timestamp().isAfter(request.endDate()));
  }
}
