package io.pipelab.functions.consumer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
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

  /** How many messages each delete was about. */
  final List<Integer> deletes = new ArrayList<>();

  /** The receipt handle that no delete takes. */
  String undeletable = "";

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
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    deletes.add(request.entries().size());
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (DeleteMessageBatchRequestEntry entry : request.entries()) {
      if (entry.receiptHandle().equals(undeletable)) {
        failed.add(
            BatchResultErrorEntry.builder()
                .id(entry.id())
                .code("ReceiptHandleIsInvalid")
                .message("expired")
                .build());
      } else {
        deleted.add(entry.receiptHandle());
      }
    }
    return DeleteMessageBatchResponse.builder().failed(failed).build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
