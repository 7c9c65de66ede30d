package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.MoveTask;
import io.pipelab.local.sqs.engine.MoveTask.Status;
import io.pipelab.local.sqs.engine.Scheduler;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/** Dead-letter queue redrive: StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask. */
final class MoveTaskActions {
  /** SQS lists the ten newest tasks of a queue. */
  private static final int REMEMBERED = 10;

  private static final int MOST_PER_SECOND = 500;

  private final Queues queues;
  private final Scheduler scheduler;
  private final InstantSource wall;

  /** By the source queue's ARN, the newest first. */
  private final Map<String, Deque<MoveTask>> tasks = new ConcurrentHashMap<>();

  MoveTaskActions(Queues queues, Scheduler scheduler, InstantSource wall) {
    this.queues = queues;
    this.scheduler = scheduler;
    this.wall = wall;
  }

  void addTo(Actions actions) {
    actions
        .on(StartMessageMoveTaskRequest.class, this::startMessageMoveTask)
        .on(ListMessageMoveTasksRequest.class, this::listMessageMoveTasks)
        .on(CancelMessageMoveTaskRequest.class, this::cancelMessageMoveTask);
  }

  private synchronized StartMessageMoveTaskResponse startMessageMoveTask(
      StartMessageMoveTaskRequest request) {
    Queue source = require(request.sourceArn());
    String destination = request.destinationArn();
    if (destination != null && require(destination).fifo() != source.fifo()) {
      throw MessageRules.invalid("Source queue and destination queue must be of the same type.");
    }
    if (queues.sourcesOf(source).isEmpty()) {
      throw MessageRules.invalid("Source queue must be configured as a Dead Letter Queue.");
    }
    MessageRules.between(
        request.maxNumberOfMessagesPerSecond(), 1, MOST_PER_SECOND, "MaxNumberOfMessagesPerSecond");
    Deque<MoveTask> ofSource = tasks.computeIfAbsent(source.arn, arn -> new ArrayDeque<>());
    if (ofSource.stream().anyMatch(task -> task.status() == Status.RUNNING)) {
      throw MessageRules.invalid(
          "There is already a task running. Only one active task is allowed for a source queue arn"
              + " at a given time.");
    }
    MoveTask task =
        MoveTask.start(
            new MoveTask.Order(source.arn, destination, request.maxNumberOfMessagesPerSecond()),
            source.messages,
            queues::messages,
            scheduler,
            wall::millis);
    ofSource.addFirst(task);
    if (ofSource.size() > REMEMBERED) {
      ofSource.removeLast();
    }
    return StartMessageMoveTaskResponse.builder().taskHandle(task.id().toString()).build();
  }

  private synchronized ListMessageMoveTasksResponse listMessageMoveTasks(
      ListMessageMoveTasksRequest request) {
    Queue source = require(request.sourceArn());
    MessageRules.between(request.maxResults(), 1, REMEMBERED, "MaxResults");
    int max = request.maxResults() == null ? 1 : request.maxResults();
    List<ListMessageMoveTasksResultEntry> results =
        tasks.getOrDefault(source.arn, new ArrayDeque<>()).stream()
            .limit(max)
            .map(MoveTaskActions::entry)
            .toList();
    return ListMessageMoveTasksResponse.builder().results(results).build();
  }

  private static ListMessageMoveTasksResultEntry entry(MoveTask task) {
    boolean running = task.status() == Status.RUNNING;
    return ListMessageMoveTasksResultEntry.builder()
        .taskHandle(running ? task.id().toString() : null)
        .status(task.status().name())
        .sourceArn(task.order().source())
        .destinationArn(task.order().destination())
        .maxNumberOfMessagesPerSecond(task.order().perSecond())
        .approximateNumberOfMessagesMoved(task.moved())
        .approximateNumberOfMessagesToMove((long) task.toMove())
        .failureReason(task.failure())
        .startedTimestamp(task.started())
        .build();
  }

  private synchronized CancelMessageMoveTaskResponse cancelMessageMoveTask(
      CancelMessageMoveTaskRequest request) {
    String handle = request.taskHandle();
    MoveTask task =
        tasks.values().stream()
            .flatMap(Deque::stream)
            .filter(each -> each.id().toString().equals(handle))
            .findFirst()
            .orElseThrow(
                () -> AwsError.notFound("ResourceNotFoundException", "Task does not exist."));
    if (!task.cancel()) {
      throw AwsError.badRequest("UnsupportedOperation", "Only active tasks can be cancelled.");
    }
    return CancelMessageMoveTaskResponse.builder()
        .approximateNumberOfMessagesMoved(task.moved())
        .build();
  }

  private Queue require(@Nullable String arn) {
    Queue queue = arn == null ? null : queues.find(arn);
    if (queue == null) {
      throw AwsError.notFound(
          "ResourceNotFoundException",
          "The resource that you specified for the SourceArn or"
              + " DestinationArn parameter doesn't exist.");
    }
    return queue;
  }
}
