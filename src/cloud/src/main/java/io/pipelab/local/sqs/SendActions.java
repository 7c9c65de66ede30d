package io.pipelab.local.sqs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** SendMessage and SendMessageBatch. */
final class SendActions {
  private final Queues queues;
  private final ElasticMq engine;
  private final QueueMetrics metrics;

  SendActions(Queues queues, ElasticMq engine, QueueMetrics metrics) {
    this.queues = queues;
    this.engine = engine;
    this.metrics = metrics;
  }

  void addTo(Actions actions) {
    actions
        .on(SendMessageRequest.class, this::sendMessage)
        .on(SendMessageBatchRequest.class, this::sendMessageBatch);
  }

  SendMessageResponse sendMessage(SendMessageRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    NewMessage message = NewMessage.of(request);
    MessageRules.check(queue, message);
    SendMessageResponse response =
        engine.client().sendMessage(request.toBuilder().queueUrl(queue.url).build());
    int bytes = MessageRules.size(request.messageBody(), request.messageAttributes());
    metrics.sent(queue, response.messageId(), bytes);
    return response;
  }

  private SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    Queue queue = queues.byUrl(request.queueUrl());
    List<SendMessageBatchRequestEntry> entries = request.entries();
    BatchRules.check(
        entries.stream().map(SendMessageBatchRequestEntry::id).toList(),
        "SendMessageBatchRequestEntry");
    Map<String, Integer> sizes = sizes(entries);
    BatchRules.checkTotal(sizes.values().stream().mapToInt(Integer::intValue).sum());

    List<SendMessageBatchRequestEntry> good = new ArrayList<>();
    List<BatchResultErrorEntry> failed = new ArrayList<>();
    for (SendMessageBatchRequestEntry entry : entries) {
      try {
        MessageRules.check(queue, NewMessage.of(entry));
        good.add(entry);
      } catch (AwsError error) {
        failed.add(BatchFailures.entry(entry.id(), error));
      }
    }
    if (good.isEmpty()) {
      return SendMessageBatchResponse.builder().failed(failed).build();
    }
    SendMessageBatchResponse response =
        engine.client().sendMessageBatch(r -> r.queueUrl(queue.url).entries(good));
    response
        .successful()
        .forEach(sent -> metrics.sent(queue, sent.messageId(), sizes.getOrDefault(sent.id(), 0)));
    failed.addAll(response.failed());
    return response.toBuilder().failed(failed).build();
  }

  private static Map<String, Integer> sizes(List<SendMessageBatchRequestEntry> entries) {
    Map<String, Integer> sizes = new HashMap<>();
    for (SendMessageBatchRequestEntry entry : entries) {
      String body = entry.messageBody() == null ? "" : entry.messageBody();
      sizes.put(entry.id(), MessageRules.size(body, entry.messageAttributes()));
    }
    return sizes;
  }
}
