package io.pipelab.local.logs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** The actions on log streams. */
final class StreamActions {
  private static final int MAX_PAGE = 50;

  /** Streams without events come before all others. */
  private static final Comparator<EventStream> BY_LAST_EVENT =
      Comparator.comparingLong(
          stream -> {
            Event last = stream.last();
            return last == null ? Long.MIN_VALUE : last.timestamp();
          });

  private final GroupNames names;
  private final CloudClock clock;
  private final LogGroups groups;

  StreamActions(GroupNames names, CloudClock clock, LogGroups groups) {
    this.names = names;
    this.clock = clock;
    this.groups = groups;
  }

  void addTo(Actions table) {
    table
        .on(CreateLogStreamRequest.class, this::createLogStream)
        .on(DeleteLogStreamRequest.class, this::deleteLogStream)
        .on(DescribeLogStreamsRequest.class, this::describeLogStreams);
  }

  CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
    String name = GroupNames.newStream(request.logStreamName());
    EventStream stream = new EventStream(name, clock.now().toEpochMilli());
    boolean added =
        groups.with(
            Refusal.required(request.logGroupName(), "logGroupName"),
            group -> group.streams().putIfAbsent(name, stream) == null);
    if (!added) {
      throw AwsError.badRequest(
          "ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    return CreateLogStreamResponse.builder().build();
  }

  DeleteLogStreamResponse deleteLogStream(DeleteLogStreamRequest request) {
    groups.removeStream(
        Refusal.required(request.logGroupName(), "logGroupName"),
        Refusal.required(request.logStreamName(), "logStreamName"));
    return DeleteLogStreamResponse.builder().build();
  }

  DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
    String group = GroupNames.of(request.logGroupName(), request.logGroupIdentifier());
    String prefix = request.logStreamNamePrefix();
    boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
    if (byTime && prefix != null) {
      throw Refusal.parameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    List<LogStream> found =
        groups.with(
            group,
            each ->
                each.streams().values().stream()
                    .filter(stream -> prefix == null || stream.name().startsWith(prefix))
                    .sorted(byTime ? BY_LAST_EVENT : Comparator.comparing(EventStream::name))
                    .map(stream -> shown(group, stream))
                    .collect(Collectors.toCollection(ArrayList::new)));
    if (Boolean.TRUE.equals(request.descending())) {
      Collections.reverse(found);
    }
    Page<LogStream> page = Refusal.page(found, request.nextToken(), request.limit(), MAX_PAGE);
    return DescribeLogStreamsResponse.builder()
        .logStreams(page.items())
        .nextToken(page.next())
        .build();
  }

  private LogStream shown(String group, EventStream stream) {
    Event first = stream.first();
    Event last = stream.last();
    return LogStream.builder()
        .logStreamName(stream.name())
        .creationTime(stream.created())
        .firstEventTimestamp(first == null ? null : first.timestamp())
        .lastEventTimestamp(last == null ? null : last.timestamp())
        .lastIngestionTime(stream.lastIngestion())
        .uploadSequenceToken(last == null ? null : last.position().toString())
        .arn(names.streamArn(group, stream.name()))
        // Deprecated by AWS, which answers 0 for every stream since 2019.
        .storedBytes(0L)
        .build();
  }
}
