package io.pipelab.local.sqs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The bounds of SQS's requests (Amazon SQS API Reference), and that both ends belong to them. */
class RequestLimitsTest {
  private final SqsFixture cloud = new SqsFixture();
  private final String url = cloud.createQueue("q", Map.of());

  @AfterEach
  void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "10, 43200"})
  void aReceiveTakesItsBounds(int max, int visibility) {
    cloud.send(url, "x");
    assertEquals(1, receive(max, 20, visibility).messages().size());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "11, 0, 0", "1, -1, 0", "1, 21, 0", "1, 0, -1", "1, 0, 43201"})
  void aReceiveBeyondItsBoundsIsRefused(int max, int wait, int visibility) {
    assertEquals("InvalidParameterValue", code(() -> receive(max, wait, visibility)));
  }

  private ReceiveMessageResponse receive(int max, int wait, int visibility) {
    return cloud.call(
        ReceiveMessageRequest.builder()
            .queueUrl(url)
            .maxNumberOfMessages(max)
            .waitTimeSeconds(wait)
            .visibilityTimeout(visibility)
            .build(),
        ReceiveMessageResponse.class);
  }

  @Test
  void aMessageIsDelayedForAQuarterOfAnHourAtMost() {
    send(0);
    send(900);
    assertEquals("InvalidParameterValue", code(() -> send(901)));
    assertEquals("InvalidParameterValue", code(() -> send(-1)));
  }

  private void send(int delay) {
    cloud.call(
        SendMessageRequest.builder().queueUrl(url).messageBody("x").delaySeconds(delay).build(),
        SendMessageResponse.class);
  }

  @Test
  void aBatchHasOneToTenEntriesAndTheBytesOfOneMessage() {
    assertEquals(10, batch(10, "x").successful().size());
    assertEquals(10, batch(10, "x".repeat(MessageRules.MAX_BYTES / 10)).successful().size());
    assertEquals("TooManyEntriesInBatchRequest", code(() -> batch(11, "x")));
    assertEquals("EmptyBatchRequest", code(() -> batch(0, "x")));
    assertEquals(
        "BatchRequestTooLong", code(() -> batch(10, "x".repeat(MessageRules.MAX_BYTES / 10 + 1))));
    assertEquals(
        "EmptyBatchRequest",
        code(
            () ->
                cloud.call(
                    DeleteMessageBatchRequest.builder().queueUrl(url).entries(List.of()).build(),
                    DeleteMessageBatchResponse.class)));
  }

  private SendMessageBatchResponse batch(int entries, String body) {
    return cloud.call(
        SendMessageBatchRequest.builder()
            .queueUrl(url)
            .entries(
                IntStream.range(0, entries)
                    .mapToObj(
                        i ->
                            SendMessageBatchRequestEntry.builder()
                                .id("" + i)
                                .messageBody(body)
                                .build())
                    .toList())
            .build(),
        SendMessageBatchResponse.class);
  }

  @Test
  void aQueueIsMadeAgainOnlyWithTheSameAttributes() {
    assertEquals(url, cloud.createQueue("q", Map.of("VisibilityTimeout", "30")));
    assertEquals(
        "QueueNameExists", code(() -> cloud.createQueue("q", Map.of("VisibilityTimeout", "31"))));
  }

  @ParameterizedTest
  @CsvSource({
    "VisibilityTimeout, 0, 43200",
    "DelaySeconds, 0, 900",
    "ReceiveMessageWaitTimeSeconds, 0, 20",
    "MessageRetentionPeriod, 60, 1209600"
  })
  void anAttributeHasItsRange(String name, int least, int most) {
    cloud.createQueue("least", Map.of(name, "" + least));
    cloud.createQueue("most", Map.of(name, "" + most));
    assertEquals("InvalidAttributeValue", code(() -> create(name, "" + (least - 1))));
    assertEquals("InvalidAttributeValue", code(() -> create(name, "" + (most + 1))));
  }

  @Test
  void aMessageIsReceivedOneToAThousandTimes() {
    create("RedrivePolicy", redrive(1));
    create("RedrivePolicy", redrive(1000));
    assertEquals("InvalidParameterValue", code(() -> create("RedrivePolicy", redrive(0))));
    assertEquals("InvalidParameterValue", code(() -> create("RedrivePolicy", redrive(1001))));
  }

  private static String redrive(int receives) {
    return "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:q\","
        + "\"maxReceiveCount\":"
        + receives
        + "}";
  }

  private void create(String attribute, String value) {
    cloud.createQueue(attribute + value.replaceAll("\\D", ""), Map.of(attribute, value));
  }

  private static String code(Executable call) {
    return assertThrows(AwsError.class, call).code();
  }
}
