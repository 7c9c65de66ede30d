package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.sqs.engine.Digest;
import io.pipelab.local.sqs.engine.NewMessage;
import io.pipelab.local.sqs.engine.QueueRefusal;
import io.pipelab.local.sqs.engine.SentMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** SendMessage and SendMessageBatch. */
final class SendActions {
  private final Queues queues;
  private final QueueMetrics metrics;

  SendActions(Queues queues, QueueMetrics metrics) {
    this.queues = queues;
    this.metrics = metrics;
  }

  void addTo(Actions actions) {
    actions
        .on(SendMessageRequest.class, this::sendMessage)
        .on(SendMessageBatchRequest.class, this::sendMessageBatch);
  }

  SendMessageResponse sendMessage(SendMessageRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    SendEntry entry = SendEntry.of(request);
    int size = MessageRules.size(entry);
    NewMessage message = MessageRules.checked(queue, entry, size);
    SentMessage sent = send(queue, List.of(message)).get(0);
    metrics.sent(queue, sent, size);
    return SendMessageResponse.builder()
        .messageId(sent.messageId())
        .md5OfMessageBody(message.content().bodyMd5().hex())
        .md5OfMessageAttributes(hex(Attributes.md5(message)))
        .md5OfMessageSystemAttributes(hex(Attributes.systemMd5(message)))
        .sequenceNumber(sent.sequenceNumber())
        .build();
  }

  private SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    List<SendMessageBatchRequestEntry> entries = request.entries();
    BatchRules.check(
        entries.stream().map(SendMessageBatchRequestEntry::id).toList(),
        "SendMessageBatchRequestEntry");
    int[] sizes = entries.stream().map(SendEntry::of).mapToInt(MessageRules::size).toArray();
    BatchRules.checkTotal(sizes);

    List<Good> good = new ArrayList<>(entries.size());
    List<BatchResultErrorEntry> failed = new ArrayList<>(0);
    for (int i = 0; i < sizes.length; i++) {
      SendMessageBatchRequestEntry entry = entries.get(i);
      try {
        NewMessage message = MessageRules.checked(queue, SendEntry.of(entry), sizes[i]);
        good.add(new Good(entry.id(), message, sizes[i]));
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    return SendMessageBatchResponse.builder()
        .successful(good.isEmpty() ? null : sent(queue, good))
        .failed(failed.isEmpty() ? null : failed)
        .build();
  }

  private record Good(String id, NewMessage message, int size) {}

  private List<SendMessageBatchResultEntry> sent(Queue queue, List<Good> good) {
    List<SentMessage> sent = send(queue, good.stream().map(Good::message).toList());
    List<SendMessageBatchResultEntry> results = new ArrayList<>(sent.size());
    for (int i = 0; i < sent.size(); i++) {
      NewMessage message = good.get(i).message();
      metrics.sent(queue, sent.get(i), good.get(i).size());
      results.add(
          SendMessageBatchResultEntry.builder()
              .id(good.get(i).id())
              .messageId(sent.get(i).messageId())
              .md5OfMessageBody(message.content().bodyMd5().hex())
              .md5OfMessageAttributes(hex(Attributes.md5(message)))
              .md5OfMessageSystemAttributes(hex(Attributes.systemMd5(message)))
              .sequenceNumber(sent.get(i).sequenceNumber())
              .build());
    }
    return results;
  }

  private static List<SentMessage> send(Queue queue, List<NewMessage> messages) {
    try {
      return queue.messages.send(messages);
    } catch (QueueRefusal refusal) {
      throw Refusals.of(refusal, "");
    }
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }
}
