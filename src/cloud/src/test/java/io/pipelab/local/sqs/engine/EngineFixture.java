package io.pipelab.local.sqs.engine;

import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Queues on time that passes by hand. */
final class EngineFixture {
  final HandTime time = new HandTime();
  private final Map<String, MessageQueue> queues = new HashMap<>();

  MessageQueue standard(String arn) {
    return queue(arn, settings(false, null));
  }

  MessageQueue fifo(String arn) {
    return queue(arn, settings(true, null));
  }

  MessageQueue queue(String arn, QueueSettings settings) {
    MessageQueue queue = new MessageQueue(arn, settings, time, time, queues::get);
    queues.put(arn, queue);
    return queue;
  }

  MoveTask move(String source, @Nullable String destination, @Nullable Integer perSecond) {
    MoveTask.Order order = new MoveTask.Order(source, destination, perSecond);
    return MoveTask.start(order, queues.get(source), queues::get, time, time::millis);
  }

  void forget(String arn) {
    queues.remove(arn).close();
  }

  static QueueSettings settings(boolean fifo, @Nullable Redrive redrive) {
    return new QueueSettings(fifo, 30, 0, 345_600, true, false, redrive);
  }

  static MessageContent content(String body) {
    return MessageContent.of(body, MessageAttributes.of(List.of()), null);
  }

  static SentMessage send(MessageQueue queue, String body) {
    return send(queue, body, null, null);
  }

  static SentMessage send(
      MessageQueue queue, String body, @Nullable String group, @Nullable String deduplicationId) {
    return queue.send(List.of(new NewMessage(content(body), null, group, deduplicationId))).get(0);
  }

  static List<ReceivedMessage> receive(MessageQueue queue, int max) {
    return receive(queue, max, null);
  }

  static List<ReceivedMessage> receive(MessageQueue queue, int max, @Nullable String attempt) {
    return queue
        .receive(new ReceiveOrder(max, null, Duration.ZERO, attempt), messages -> messages)
        .join();
  }

  static ReceivedMessage one(MessageQueue queue) {
    return receive(queue, 1).get(0);
  }

  static CompletableFuture<List<String>> await(MessageQueue queue, int max, int seconds) {
    return queue.receive(
        new ReceiveOrder(max, null, Duration.ofSeconds(seconds), null), EngineFixture::bodies);
  }

  static List<String> bodies(List<ReceivedMessage> messages) {
    return messages.stream().map(message -> message.content().body()).toList();
  }
}
