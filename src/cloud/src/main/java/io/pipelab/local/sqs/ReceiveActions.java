package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.sqs.engine.QueueRefusal;
import io.pipelab.local.sqs.engine.ReceiveOrder;
import io.pipelab.local.sqs.engine.ReceivedMessage;
import io.pipelab.local.sqs.engine.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** ReceiveMessage. */
final class ReceiveActions {
  private static final ReceiveMessageResponse NOTHING = ReceiveMessageResponse.builder().build();

  private final Queues queues;
  private final QueueMetrics metrics;
  private final String senderId;

  ReceiveActions(Queues queues, QueueMetrics metrics, String senderId) {
    this.queues = queues;
    this.metrics = metrics;
    this.senderId = senderId;
  }

  void addTo(Actions actions) {
    actions.onAsync(
        ReceiveMessageRequest.class,
        (request, caller) -> receive(request, ReceiveActions::response));
  }

  private static ReceiveMessageResponse response(List<Message> messages) {
    return messages.isEmpty()
        ? NOTHING
        : ReceiveMessageResponse.builder().messages(messages).build();
  }

  /**
   * Receives, perhaps later. To cancel the future is to wait no more; no message is lost by it.
   *
   * @param answer what is made of the messages
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValue, OverLimit, QueueDoesNotExist;
   *     the last may also come later, when the queue is deleted meanwhile
   */
  <T> CompletableFuture<T> receive(
      ReceiveMessageRequest request, Function<List<Message>, T> answer) {
    Queue queue = queues.byUrl(request.queueUrl());
    ReceiveOrder order = order(queue, request);
    try {
      return queue.messages.receive(order, new Response<>(queue, request, answer));
    } catch (QueueRefusal refusal) {
      throw Refusals.of(refusal, "");
    }
  }

  /** The answer to one request. */
  private final class Response<T> implements Receiver<T> {
    private final Queue queue;
    private final MessageView view;
    private final Function<List<Message>, T> answer;

    Response(Queue queue, ReceiveMessageRequest request, Function<List<Message>, T> answer) {
      this.answer = answer;
      this.queue = queue;
      this.view = MessageView.of(request, senderId);
    }

    @Override
    public T received(List<ReceivedMessage> messages) {
      metrics.received(queue, messages.size());
      return answer.apply(messages.stream().map(view::of).toList());
    }

    @Override
    public RuntimeException refused(QueueRefusal refusal) {
      return Refusals.of(refusal, "");
    }
  }

  private static ReceiveOrder order(Queue queue, ReceiveMessageRequest request) {
    Integer max = request.maxNumberOfMessages();
    if (max != null && (max < 1 || max > 10)) {
      throw MessageRules.invalid(
          "Value "
              + max
              + " for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10,"
              + " if provided.");
    }
    MessageRules.between(request.waitTimeSeconds(), 0, 20, "WaitTimeSeconds");
    MessageRules.between(request.visibilityTimeout(), 0, 43_200, "VisibilityTimeout");
    if (request.receiveRequestAttemptId() != null && !queue.fifo()) {
      throw MessageRules.invalid(
          "Value "
              + request.receiveRequestAttemptId()
              + " for parameter ReceiveRequestAttemptId is invalid. Reason: The request include"
              + " parameter that is not valid for this queue type.");
    }
    int wait =
        request.waitTimeSeconds() == null
            ? queue.number("ReceiveMessageWaitTimeSeconds")
            : request.waitTimeSeconds();
    return new ReceiveOrder(
        max == null ? 1 : max,
        request.visibilityTimeout(),
        Duration.ofSeconds(wait),
        request.receiveRequestAttemptId());
  }
}
