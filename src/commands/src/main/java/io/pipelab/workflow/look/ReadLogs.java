package io.pipelab.workflow.look;

import io.pipelab.target.Deadline;
import io.pipelab.target.Poller;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Reads the logs of everything in a lab: the log groups of its stacks and of its functions. */
public final class ReadLogs {
  /** CloudWatch Logs may show an event some seconds after its time. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private final Cloud cloud;
  private final List<String> groups;

  /**
   * The logs of a copy of a lab.
   *
   * @param parts those that were found by their names
   * @throws io.pipelab.target.Failure of kind USAGE when the lab is not up
   */
  public ReadLogs(LabInstance lab, LabParts parts, Cloud cloud) {
    this.cloud = cloud;
    this.groups = groups(LabResources.of(lab.lab().id(), lab.instance(), parts, cloud));
  }

  /** The log groups' names. */
  public List<String> groups() {
    return groups;
  }

  /**
   * All that is logged now, oldest first.
   *
   * @param from the earliest time by the target's clock; null for all
   */
  public List<LogLine> now(@Nullable Instant from) {
    LogMerge merge = merge(from);
    return merge.fresh(read(merge.readFrom()));
  }

  /**
   * All that is logged now and what is logged from then on, until the deadline is over.
   *
   * @param poller how to wait between two looks
   * @param show takes the lines of one look, oldest first
   */
  public void follow(
      @Nullable Instant from, Poller poller, Deadline deadline, Consumer<List<LogLine>> show) {
    LogMerge merge = merge(from);
    poller.until(
        "more logs",
        deadline,
        () -> {
          List<LogLine> fresh = merge.fresh(read(merge.readFrom()));
          if (!fresh.isEmpty()) {
            show.accept(fresh);
          }
          return deadline.isOver() ? Optional.of(true) : Optional.empty();
        });
  }

  private static LogMerge merge(@Nullable Instant from) {
    return new LogMerge(from == null ? Instant.EPOCH : from, OVERLAP);
  }

  private List<LogLine> read(Instant from) {
    List<LogLine> lines = new ArrayList<>();
    for (String group : groups) {
      try {
        cloud
            .clients()
            .logs()
            .filterLogEventsPaginator(r -> r.logGroupName(group).startTime(from.toEpochMilli()))
            .events()
            .forEach(event -> lines.add(line(group, event)));
      } catch (ResourceNotFoundException e) {
        // Lambda creates a function's group with the first call; until then it logged nothing.
      }
    }
    return lines;
  }

  private static LogLine line(String group, FilteredLogEvent event) {
    return new LogLine(
        Instant.ofEpochMilli(event.timestamp()),
        group,
        event.logStreamName(),
        event.eventId(),
        event.message());
  }

  private static List<String> groups(LabResources resources) {
    Set<String> groups = new LinkedHashSet<>(resources.ids("AWS::Logs::LogGroup"));
    for (String function : resources.ids("AWS::Lambda::Function")) {
      groups.add("/aws/lambda/" + function);
    }
    return List.copyOf(groups);
  }
}
