package io.pipelab.local.kernel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Port to SQS: how topics, functions and event source mappings reach a queue by its ARN. */
public interface MessageQueues {
  /**
   * Where a message belongs: a FIFO queue needs both, a standard one may have a group.
   *
   * @param groupId the messages that stay in order, or share a standard queue fairly
   * @param deduplicationId what makes a message the same as another of a FIFO queue
   */
  record Grouping(@Nullable String groupId, @Nullable String deduplicationId) {
    /** Of no group. */
    public static final Grouping NONE = new Grouping(null, null);
  }

  /**
   * Sends a message for another service and returns its id.
   *
   * @throws AwsError QueueDoesNotExist, or AccessDenied when the queue's policy does not let the
   *     caller in
   */
  String send(
      String queueArn,
      String body,
      Map<String, MessageAttributeValue> attributes,
      Grouping grouping,
      Caller caller);

  /** Sends a message without a group, as {@link #send(String, String, Map, Grouping, Caller)}. */
  default String send(
      String queueArn, String body, Map<String, MessageAttributeValue> attributes, Caller caller) {
    return send(queueArn, body, attributes, Grouping.NONE, caller);
  }

  /**
   * Receives up to {@code max} messages with all attributes, waiting up to {@code waitSeconds}
   * without a thread. To cancel the future is to wait no more; no message is lost by it.
   *
   * @param max 1 to 10
   * @param waitSeconds 0 to 20
   * @throws AwsError at once or in the future: QueueDoesNotExist, OverLimit, or AccessDenied when
   *     the queue's policy does not let the caller in
   */
  CompletableFuture<List<Message>> receive(
      String queueArn, int max, int waitSeconds, Caller caller);

  /** Deletes received messages. */
  void delete(String queueArn, List<String> receiptHandles, Caller caller);

  /** Makes received messages visible again after so many seconds. */
  void changeVisibility(String queueArn, List<String> receiptHandles, int seconds, Caller caller);

  /** The queue's attributes, policy and redrive policy included. */
  Map<QueueAttributeName, String> attributes(String queueArn);
}
