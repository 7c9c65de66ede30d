package io.pipelab.verify.check.container;

import io.pipelab.lab.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** The ECS tasks of one family in a cluster, and what they wrote. */
public record FamilyTasks(String cluster, String family, String logGroup) {
  /** DescribeTasks takes so many at once. */
  private static final int MOST_AT_ONCE = 100;

  static FamilyTasks of(Settings settings) {
    return new FamilyTasks(
        settings.text("cluster"), settings.text("family"), settings.text("logGroup"));
  }

  /** The tasks since then, running and stopped; ECS forgets stopped ones after about an hour. */
  List<Task> since(EcsClient ecs, Instant since) {
    List<String> arns =
        Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
            .flatMap(
                status ->
                    ecs
                        .listTasksPaginator(
                            list -> list.cluster(cluster).family(family).desiredStatus(status))
                        .taskArns()
                        .stream())
            .distinct()
            .toList();
    List<Task> tasks = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += MOST_AT_ONCE) {
      List<String> some = arns.subList(from, Math.min(arns.size(), from + MOST_AT_ONCE));
      tasks.addAll(ecs.describeTasks(describe -> describe.cluster(cluster).tasks(some)).tasks());
    }
    return tasks.stream().filter(task -> !task.createdAt().isBefore(since)).toList();
  }

  /** The log streams with an event since then. */
  List<LogStream> streamsSince(CloudWatchLogsClient logs, Instant since) {
    try {
      return logs
          .describeLogStreamsPaginator(describe -> describe.logGroupName(logGroup))
          .logStreams()
          .stream()
          .filter(stream -> stream.firstEventTimestamp() != null)
          .filter(stream -> stream.firstEventTimestamp() >= since.toEpochMilli())
          .toList();
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }

  /** How a task ended badly, if it did: what ECS says, the exit code, and its last line. */
  Optional<String> trouble(Task task, CloudWatchLogsClient logs, int goodExit) {
    if (!"STOPPED".equals(task.lastStatus())) {
      return Optional.empty();
    }
    if ("TaskFailedToStart".equals(task.stopCodeAsString())) {
      return Optional.of("task " + id(task) + " did not start: " + task.stoppedReason());
    }
    for (Container container : task.containers()) {
      Integer exit = container.exitCode();
      if (exit == null || exit != goodExit) {
        String code = exit == null ? "no exit code" : "exit code " + exit;
        String reason = container.reason() == null ? task.stoppedReason() : container.reason();
        return Optional.of(
            "task " + id(task) + " ended with " + code + ": " + reason + lastLine(task, logs));
      }
    }
    return Optional.empty();
  }

  private String lastLine(Task task, CloudWatchLogsClient logs) {
    try {
      return logs
          .describeLogStreamsPaginator(describe -> describe.logGroupName(logGroup))
          .logStreams()
          .stream()
          .map(LogStream::logStreamName)
          .filter(name -> name.endsWith("/" + id(task)))
          .findFirst()
          .flatMap(name -> lastLine(logs, name))
          .map(line -> "; its last line: " + line.strip())
          .orElse("; it wrote nothing");
    } catch (ResourceNotFoundException e) {
      return "; there is no log group " + logGroup;
    }
  }

  private Optional<String> lastLine(CloudWatchLogsClient logs, String stream) {
    List<OutputLogEvent> events =
        logs.getLogEvents(
                get -> get.logGroupName(logGroup).logStreamName(stream).startFromHead(false))
            .events();
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(events.get(events.size() - 1).message());
  }

  static String id(Task task) {
    return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
  }
}
