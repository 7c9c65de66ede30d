package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** ReceiveMessage and what a receiver does with a receipt handle. */
final class ReceiveActions {
  private static final int MOST_WAIT_SECONDS = 20;

  private final Queues queues;
  private final ElasticMq engine;
  private final QueueMetrics metrics;
  private final InstantSource wall;
  private final String senderId;

  ReceiveActions(
      Queues queues, ElasticMq engine, QueueMetrics metrics, InstantSource wall, String senderId) {
    this.queues = queues;
    this.engine = engine;
    this.metrics = metrics;
    this.wall = wall;
    this.senderId = senderId;
  }

  void addTo(Actions actions) {
    actions
        .on(ReceiveMessageRequest.class, this::receiveMessage)
        .on(DeleteMessageRequest.class, this::deleteMessage)
        .on(DeleteMessageBatchRequest.class, this::deleteMessageBatch)
        .on(ChangeMessageVisibilityRequest.class, this::changeMessageVisibility)
        .on(ChangeMessageVisibilityBatchRequest.class, this::changeMessageVisibilityBatch);
  }

  ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    return receiveStrides(request, MOST_WAIT_SECONDS, () -> true);
  }

  /** Receives, and looks each second whether it shall wait on. */
  ReceiveMessageResponse receiveWhile(ReceiveMessageRequest request, BooleanSupplier goOn) {
    return receiveStrides(request, 1, goOn);
  }

  private ReceiveMessageResponse receiveStrides(
      ReceiveMessageRequest request, int stride, BooleanSupplier goOn) {
    Queue queue = queues.byUrl(request.queueUrl());
    between(request.maxNumberOfMessages(), 1, 10, "MaxNumberOfMessages");
    between(request.waitTimeSeconds(), 0, MOST_WAIT_SECONDS, "WaitTimeSeconds");
    between(request.visibilityTimeout(), 0, 43_200, "VisibilityTimeout");
    if (request.receiveRequestAttemptId() != null && !queue.fifo()) {
      throw MessageRules.invalid(
          "Value "
              + request.receiveRequestAttemptId()
              + " for parameter ReceiveRequestAttemptId is invalid. Reason: The request include"
              + " parameter that is not valid for this queue type.");
    }
    List<Message> received = receive(queue, request, stride, goOn);
    metrics.received(queue, received);
    List<Message> messages =
        received.stream()
            .map(message -> ReceivedMessage.shown(message, request, senderId))
            .toList();
    return messages.isEmpty()
        ? ReceiveMessageResponse.builder().build()
        : ReceiveMessageResponse.builder().messages(messages).build();
  }

  /**
   * Asks the engine for a stride of the wait at a time, and goes on when all that came had outlived
   * the queue's retention period: the engine keeps messages for ever.
   */
  private List<Message> receive(
      Queue queue, ReceiveMessageRequest request, int stride, BooleanSupplier goOn) {
    int wait =
        request.waitTimeSeconds() == null
            ? queue.number("ReceiveMessageWaitTimeSeconds")
            : request.waitTimeSeconds();
    Instant end = wall.instant().plusSeconds(wait);
    while (true) {
      Duration left = Duration.between(wall.instant(), end);
      int seconds = (int) Math.max(0, left.plusMillis(999).toSeconds());
      int asked = Math.min(stride, seconds);
      List<Message> messages =
          engine
              .client()
              .receiveMessage(
                  request.toBuilder()
                      .queueUrl(queue.url)
                      .waitTimeSeconds(asked)
                      .attributeNamesWithStrings((List<String>) null)
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                      .messageAttributeNames("All")
                      .build())
              .messages();
      List<Message> fresh = withoutExpired(queue, messages);
      boolean over = messages.isEmpty() && (asked == seconds || !goOn.getAsBoolean());
      if (!fresh.isEmpty() || over) {
        return fresh;
      }
    }
  }

  private List<Message> withoutExpired(Queue queue, List<Message> messages) {
    int retention = queue.number("MessageRetentionPeriod");
    List<Message> fresh = new ArrayList<>();
    for (Message message : messages) {
      if (ReceivedMessage.expired(message, retention, wall.instant())) {
        engine
            .client()
            .deleteMessage(r -> r.queueUrl(queue.url).receiptHandle(message.receiptHandle()));
        metrics.gone(queue, message.receiptHandle());
      } else {
        fresh.add(message);
      }
    }
    return fresh;
  }

  DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    ReceiptHandles.check(request.receiptHandle());
    DeleteMessageResponse response =
        engine.client().deleteMessage(request.toBuilder().queueUrl(queue.url).build());
    metrics.deleted(queue, List.of(request.receiptHandle()));
    return response;
  }

  DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    BatchRules.check(
        request.entries().stream().map(DeleteMessageBatchRequestEntry::id).toList(),
        "DeleteMessageBatchRequestEntry");
    List<DeleteMessageBatchRequestEntry> good = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (DeleteMessageBatchRequestEntry entry : request.entries()) {
      try {
        ReceiptHandles.check(entry.receiptHandle());
        good.add(entry);
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    if (good.isEmpty()) {
      return DeleteMessageBatchResponse.builder().failed(failed).build();
    }
    DeleteMessageBatchResponse response =
        engine.client().deleteMessageBatch(r -> r.queueUrl(queue.url).entries(good));
    Set<String> deleted =
        response.successful().stream()
            .map(DeleteMessageBatchResultEntry::id)
            .collect(Collectors.toSet());
    metrics.deleted(
        queue,
        good.stream()
            .filter(entry -> deleted.contains(entry.id()))
            .map(DeleteMessageBatchRequestEntry::receiptHandle)
            .toList());
    failed.addAll(response.failed());
    return response.toBuilder().failed(failed).build();
  }

  ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    ReceiptHandles.check(request.receiptHandle());
    if (request.visibilityTimeout() == null) {
      throw AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter VisibilityTimeout.");
    }
    between(request.visibilityTimeout(), 0, 43_200, "VisibilityTimeout");
    return engine.client().changeMessageVisibility(request.toBuilder().queueUrl(queue.url).build());
  }

  ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    BatchRules.check(
        request.entries().stream().map(ChangeMessageVisibilityBatchRequestEntry::id).toList(),
        "ChangeMessageVisibilityBatchRequestEntry");
    List<ChangeMessageVisibilityBatchRequestEntry> good = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (ChangeMessageVisibilityBatchRequestEntry entry : request.entries()) {
      try {
        ReceiptHandles.check(entry.receiptHandle());
        between(entry.visibilityTimeout(), 0, 43_200, "VisibilityTimeout");
        good.add(entry);
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    if (good.isEmpty()) {
      return ChangeMessageVisibilityBatchResponse.builder().failed(failed).build();
    }
    ChangeMessageVisibilityBatchResponse response =
        engine.client().changeMessageVisibilityBatch(r -> r.queueUrl(queue.url).entries(good));
    failed.addAll(response.failed());
    return response.toBuilder().failed(failed).build();
  }

  private static void between(@Nullable Integer value, int from, int to, String parameter) {
    if (value != null && (value < from || value > to)) {
      throw MessageRules.invalid(
          "Value "
              + value
              + " for parameter "
              + parameter
              + " is invalid. Reason: Must be >= "
              + from
              + " and <= "
              + to
              + ", if provided.");
    }
  }
}
