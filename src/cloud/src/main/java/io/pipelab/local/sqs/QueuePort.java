package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.RequestContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** The queues as other services see them; the queue's policy decides what a service may do. */
final class QueuePort implements MessageQueues {
  private static final System.Logger LOG = System.getLogger(QueuePort.class.getName());

  private final CloudIdentity identity;
  private final Queues queues;
  private final SendActions sending;
  private final ReceiveActions receiving;
  private final HandleActions handles;

  QueuePort(
      CloudIdentity identity,
      Queues queues,
      SendActions sending,
      ReceiveActions receiving,
      HandleActions handles) {
    this.identity = identity;
    this.queues = queues;
    this.sending = sending;
    this.receiving = receiving;
    this.handles = handles;
  }

  @Override
  public String send(
      String queueArn,
      String body,
      Map<String, MessageAttributeValue> attributes,
      Grouping grouping,
      Caller caller) {
    Queue queue = admitted(queueArn, "SendMessage", caller);
    return sending
        .sendMessage(
            SendMessageRequest.builder()
                .queueUrl(queue.url)
                .messageBody(body)
                .messageAttributes(attributes)
                .messageGroupId(grouping.groupId())
                .messageDeduplicationId(grouping.deduplicationId())
                .build())
        .messageId();
  }

  @Override
  public CompletableFuture<List<Message>> receive(
      String queueArn, int max, int waitSeconds, Caller caller) {
    Queue queue = admitted(queueArn, "ReceiveMessage", caller);
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(queue.url)
            .maxNumberOfMessages(max)
            .waitTimeSeconds(waitSeconds)
            .messageAttributeNames("All")
            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
            .build();
    return receiving.receive(request, messages -> messages);
  }

  @Override
  public void delete(String queueArn, List<String> receiptHandles, Caller caller) {
    Queue queue = admitted(queueArn, "DeleteMessage", caller);
    receiptHandles.forEach(handle -> ignoringLate(() -> handles.delete(queue, handle)));
  }

  @Override
  public void changeVisibility(
      String queueArn, List<String> receiptHandles, int seconds, Caller caller) {
    Queue queue = admitted(queueArn, "ChangeMessageVisibility", caller);
    receiptHandles.forEach(
        handle -> ignoringLate(() -> handles.changeVisibility(queue, handle, seconds)));
  }

  /** As in a batch: what came too late for one message stops none of the others. */
  private static void ignoringLate(Runnable step) {
    try {
      step.run();
    } catch (AwsError late) {
      LOG.log(System.Logger.Level.DEBUG, "too late for a message", late);
    }
  }

  @Override
  public Map<QueueAttributeName, String> attributes(String queueArn) {
    Map<QueueAttributeName, String> typed = new HashMap<>();
    QueueActions.all(queues.byArn(queueArn))
        .forEach((name, value) -> typed.put(QueueAttributeName.fromValue(name), value));
    return typed;
  }

  /**
   * The queue, if its policy lets the caller in. A service has no identity policy, so the queue's
   * own must allow it; the account's own callers need none.
   */
  private Queue admitted(String queueArn, String action, Caller caller) {
    Queue queue = queues.byArn(queueArn);
    if (!(caller instanceof Caller.ServicePrincipal)) {
      return queue;
    }
    @Nullable String policy = queue.attribute("Policy");
    RequestContext request = RequestContext.of(caller, "sqs:" + action, queue.arn, identity);
    if (policy == null || Policy.parse(policy).decide(request) != Decision.ALLOW) {
      throw AwsError.accessDenied(
          "AccessDenied",
          "Access to the resource "
              + queue.url
              + " is denied: the queue's policy does not allow sqs:"
              + action
              + " to "
              + ((Caller.ServicePrincipal) caller).service()
              + " for "
              + caller.arn()
              + ".");
    }
    return queue;
  }
}
