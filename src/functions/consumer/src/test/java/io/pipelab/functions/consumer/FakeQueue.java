package io.pipelab.functions.consumer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * A queue that hands out each message once and remembers what it was asked; {@link #GAP} makes one
 * poll come back early.
 */
final class FakeQueue implements SqsClient {
  static final String GAP = "gap";

  private final Deque<Message> messages = new ArrayDeque<>();
  final List<ReceiveMessageRequest> receives = new ArrayList<>();
  final List<String> deleted = new ArrayList<>();
  String visibilityTimeout = "30";

  FakeQueue(String... bodies) {
    for (String body : bodies) {
      messages.add(
          Message.builder().body(body).messageId("id-" + body).receiptHandle("rh-" + body).build());
    }
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    return GetQueueAttributesResponse.builder()
        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibilityTimeout))
        .build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    receives.add(request);
    List<Message> batch = new ArrayList<>();
    while (batch.size() < request.maxNumberOfMessages() && !messages.isEmpty()) {
      Message next = messages.remove();
      if (next.body().equals(GAP)) {
        break;
      }
      batch.add(next);
    }
    return ReceiveMessageResponse.builder().messages(batch).build();
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    deleted.add(request.receiptHandle());
    return DeleteMessageResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
