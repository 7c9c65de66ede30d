package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.QueueRefusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;

/** What a receiver does with a receipt handle: DeleteMessage, ChangeMessageVisibility. */
final class HandleActions {
  private final Queues queues;
  private final QueueMetrics metrics;

  HandleActions(Queues queues, QueueMetrics metrics) {
    this.queues = queues;
    this.metrics = metrics;
  }

  void addTo(Actions actions) {
    actions
        .on(DeleteMessageRequest.class, this::deleteMessage)
        .on(DeleteMessageBatchRequest.class, this::deleteMessageBatch)
        .on(ChangeMessageVisibilityRequest.class, this::changeMessageVisibility)
        .on(ChangeMessageVisibilityBatchRequest.class, this::changeMessageVisibilityBatch);
  }

  private DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    delete(queues.byUrl(request.queueUrl()), request.receiptHandle());
    return DeleteMessageResponse.builder().build();
  }

  private DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    BatchRules.check(
        request.entries().stream().map(DeleteMessageBatchRequestEntry::id).toList(),
        "DeleteMessageBatchRequestEntry");
    List<DeleteMessageBatchResultEntry> done = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>(0);
    for (DeleteMessageBatchRequestEntry entry : request.entries()) {
      try {
        delete(queue, entry.receiptHandle());
        done.add(DeleteMessageBatchResultEntry.builder().id(entry.id()).build());
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    return DeleteMessageBatchResponse.builder()
        .successful(done.isEmpty() ? null : done)
        .failed(failed.isEmpty() ? null : failed)
        .build();
  }

  private ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    changeVisibility(queue, request.receiptHandle(), request.visibilityTimeout());
    return ChangeMessageVisibilityResponse.builder().build();
  }

  private ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    BatchRules.check(
        request.entries().stream().map(ChangeMessageVisibilityBatchRequestEntry::id).toList(),
        "ChangeMessageVisibilityBatchRequestEntry");
    List<ChangeMessageVisibilityBatchResultEntry> done = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>(0);
    for (ChangeMessageVisibilityBatchRequestEntry entry : request.entries()) {
      try {
        changeVisibility(queue, entry.receiptHandle(), entry.visibilityTimeout());
        done.add(ChangeMessageVisibilityBatchResultEntry.builder().id(entry.id()).build());
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    return ChangeMessageVisibilityBatchResponse.builder()
        .successful(done.isEmpty() ? null : done)
        .failed(failed.isEmpty() ? null : failed)
        .build();
  }

  /**
   * Deletes a message.
   *
   * @throws AwsError MissingParameter, ReceiptHandleIsInvalid, InvalidParameterValue
   */
  void delete(Queue queue, @Nullable String handle) {
    String given = required(handle);
    try {
      queue.messages.delete(given);
    } catch (QueueRefusal refusal) {
      throw Refusals.of(refusal, given);
    }
    metrics.deleted(queue, 1);
  }

  /**
   * Lets a message be invisible for so many seconds from now.
   *
   * @throws AwsError MissingParameter, ReceiptHandleIsInvalid, InvalidParameterValue,
   *     MessageNotInflight
   */
  void changeVisibility(Queue queue, @Nullable String handle, @Nullable Integer seconds) {
    String given = required(handle);
    if (seconds == null) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter VisibilityTimeout.");
    }
    MessageRules.between(seconds, 0, 43_200, "VisibilityTimeout");
    try {
      queue.messages.changeVisibility(given, seconds);
    } catch (QueueRefusal refusal) {
      boolean tooLong = refusal.reason() == QueueRefusal.Reason.INVISIBLE_TOO_LONG;
      throw Refusals.of(refusal, tooLong ? seconds.toString() : given);
    }
  }

  private static String required(@Nullable String handle) {
    if (handle == null || handle.isEmpty()) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter ReceiptHandle.");
    }
    return handle;
  }
}
