package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AccessControl.Refusal;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.MessageQueues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queues for services that read and send with a function's role. Services as themselves are let
 * in by the queue's policy, of which the queues see to themselves.
 */
public final class AskedQueues implements MessageQueues {
  private final MessageQueues queues;
  private final AccessControl access;

  public AskedQueues(MessageQueues queues, AccessControl access) {
    this.queues = queues;
    this.access = access;
  }

  @Override
  public String send(
      String queueArn,
      String body,
      Map<String, MessageAttributeValue> attributes,
      Grouping grouping,
      Caller caller) {
    require("sqs:SendMessage", queueArn, caller);
    return queues.send(queueArn, body, attributes, grouping, caller);
  }

  @Override
  public CompletableFuture<List<Message>> receive(
      String queueArn, int max, int waitSeconds, Caller caller) {
    require("sqs:ReceiveMessage", queueArn, caller);
    return queues.receive(queueArn, max, waitSeconds, caller);
  }

  @Override
  public void delete(String queueArn, List<String> receiptHandles, Caller caller) {
    require("sqs:DeleteMessage", queueArn, caller);
    queues.delete(queueArn, receiptHandles, caller);
  }

  @Override
  public void changeVisibility(
      String queueArn, List<String> receiptHandles, int seconds, Caller caller) {
    require("sqs:ChangeMessageVisibility", queueArn, caller);
    queues.changeVisibility(queueArn, receiptHandles, seconds, caller);
  }

  @Override
  public Map<QueueAttributeName, String> attributes(String queueArn) {
    return queues.attributes(queueArn);
  }

  private void require(String action, String queueArn, Caller caller) {
    if (caller instanceof Caller.ServicePrincipal) {
      return;
    }
    Optional<Refusal> refusal = access.refusal(new Use(caller, action, queueArn), "");
    if (refusal.isPresent()) {
      throw AwsError.accessDenied("AccessDenied", refusal.get().message());
    }
  }
}
