package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** What an alarm, and the account of an interrupted load, are counted from. */
class QueueMetricsTest {
  private final SqsFixture cloud = new SqsFixture();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void everyCallIsCountedOnce() {
    String url = cloud.createQueue("q", Map.of());
    cloud.receive(url, 0);
    assertEquals(Map.of("q NumberOfEmptyReceives", 1.0), cloud.sums);
    cloud.send(url, "four");
    cloud.call(
        SendMessageBatchRequest.builder()
            .queueUrl(url)
            .entries(
                e -> e.id("a").messageBody("xx"),
                e -> e.id("b").messageBody("y").messageDeduplicationId("refused here"))
            .build(),
        SendMessageBatchResponse.class);
    String handle = cloud.receive(url, 0).get(0).receiptHandle();
    cloud.call(
        DeleteMessageRequest.builder().queueUrl(url).receiptHandle(handle).build(),
        DeleteMessageResponse.class);
    assertEquals(
        Map.of(
            "q NumberOfEmptyReceives", 1.0,
            "q NumberOfMessagesSent", 2.0,
            "q SentMessageSize", 6.0,
            "q NumberOfMessagesReceived", 2.0,
            "q NumberOfMessagesDeleted", 1.0),
        cloud.sums);
  }

  @Test
  void aDuplicateIsCountedAsSuch() {
    String url =
        cloud.createQueue(
            "f.fifo", Map.of("FifoQueue", "true", "ContentBasedDeduplication", "true"));
    for (int i = 0; i < 3; i++) {
      cloud.call(
          SendMessageRequest.builder()
              .queueUrl(url)
              .messageBody("same")
              .messageGroupId("g")
              .build(),
          SendMessageResponse.class);
    }
    assertEquals(
        Map.of(
            "f.fifo NumberOfMessagesSent", 1.0,
            "f.fifo SentMessageSize", 4.0,
            "f.fifo NumberOfDeduplicatedSentMessages", 2.0),
        cloud.sums);
  }

  @Test
  void theGaugesAreWhatTheQueueHolds() {
    String url = cloud.createQueue("q", Map.of());
    for (int i = 0; i < 12; i++) {
      cloud.send(url, "body");
    }
    cloud.call(
        SendMessageRequest.builder().queueUrl(url).messageBody("later").delaySeconds(900).build(),
        SendMessageResponse.class);
    cloud.receive(url, 0);
    cloud.sums.clear();
    cloud.sqs.sample(cloud.metrics);
    assertEquals(2.0, cloud.sums.get("q ApproximateNumberOfMessagesVisible"));
    assertEquals(10.0, cloud.sums.get("q ApproximateNumberOfMessagesNotVisible"));
    assertEquals(1.0, cloud.sums.get("q ApproximateNumberOfMessagesDelayed"));
  }
}
