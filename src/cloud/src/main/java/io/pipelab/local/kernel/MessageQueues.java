package io.pipelab.local.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Port to SQS: how topics, functions and event source mappings reach a queue by its ARN. */
public interface MessageQueues {
  /**
   * Sends a message for another service and returns its id.
   *
   * @throws AwsError QueueDoesNotExist, or AccessDenied when the queue's policy does not let the
   *     caller in
   */
  String send(
      String queueArn, String body, Map<String, MessageAttributeValue> attributes, Caller caller);

  /**
   * Receives up to {@code max} messages with all attributes, waiting up to {@code waitSeconds}.
   *
   * @param max 1 to 10
   * @param waitSeconds 0 to 20
   */
  List<Message> receive(String queueArn, int max, int waitSeconds, Caller caller);

  /**
   * Receives as {@link #receive(String, int, int, Caller)} does, but stops waiting soon after
   * {@code goOn} has become false.
   */
  List<Message> receive(
      String queueArn, int max, int waitSeconds, BooleanSupplier goOn, Caller caller);

  /** Deletes received messages. */
  void delete(String queueArn, List<String> receiptHandles, Caller caller);

  /** Makes received messages visible again after so many seconds. */
  void changeVisibility(String queueArn, List<String> receiptHandles, int seconds, Caller caller);

  /** The queue's attributes, policy and redrive policy included. */
  Map<QueueAttributeName, String> attributes(String queueArn);
}
