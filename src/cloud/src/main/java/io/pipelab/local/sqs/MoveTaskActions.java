package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.CancelMessageMoveTaskResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/** Dead-letter queue redrive: the engine moves the messages. */
final class MoveTaskActions {
  private final Queues queues;
  private final ElasticMq engine;

  MoveTaskActions(Queues queues, ElasticMq engine) {
    this.queues = queues;
    this.engine = engine;
  }

  void addTo(Actions actions) {
    actions
        .on(StartMessageMoveTaskRequest.class, this::startMessageMoveTask)
        .on(ListMessageMoveTasksRequest.class, this::listMessageMoveTasks)
        .on(CancelMessageMoveTaskRequest.class, this::cancelMessageMoveTask);
  }

  private StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
    Queue source = require(request.sourceArn());
    if (request.destinationArn() != null) {
      require(request.destinationArn());
    }
    if (queues.sourcesOf(source).isEmpty()) {
      throw MessageRules.invalid("Source queue must be configured as a Dead Letter Queue.");
    }
    return engine.client().startMessageMoveTask(request);
  }

  private ListMessageMoveTasksResponse listMessageMoveTasks(ListMessageMoveTasksRequest request) {
    require(request.sourceArn());
    return engine.client().listMessageMoveTasks(request);
  }

  private CancelMessageMoveTaskResponse cancelMessageMoveTask(
      CancelMessageMoveTaskRequest request) {
    return engine.client().cancelMessageMoveTask(request);
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
