package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** FIFO topics before queues of both kinds. */
@Timeout(120)
final class FifoTopicIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What AWS was recorded to give a queue as the deduplication id of the text {@code Test}. */
  private static final String OF_TEST =
      "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25";

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void aFifoQueueGetsGroupIdAndSequence() throws IOException {
    String topic = topic("by-content.fifo", Map.of("ContentBasedDeduplication", "true"));
    String queue = queue("by-content.fifo");
    subscribe(topic, queue, Map.of());
    PublishResponse first = publish(topic, "Test", "g", null);
    PublishResponse again = publish(topic, "Test", "g", null);
    assertEquals(first.messageId(), again.messageId());
    assertEquals(first.sequenceNumber(), again.sequenceNumber());
    assertTrue(first.sequenceNumber().matches("\\d{20}"), first.sequenceNumber());
    List<Message> received = receive(queue, 1);
    Map<MessageSystemAttributeName, String> attributes = received.get(0).attributes();
    assertEquals("g", attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
    assertEquals(OF_TEST, attributes.get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
    JsonNode envelope = JSON.readTree(received.get(0).body());
    assertEquals(first.sequenceNumber(), envelope.path("SequenceNumber").asText());
    assertEquals("Test", envelope.path("Message").asText());
    assertFalse(envelope.has("Signature"), received.get(0).body());
    assertTrue(drained(queue));
  }

  @Test
  void aBatchArrivesInItsOrder() {
    String topic = topic("order.fifo", Map.of());
    String queue = queue("order.fifo");
    subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    List<String> expected = new ArrayList<>();
    List<String> sequence = new ArrayList<>();
    for (int batch = 0; batch < 5; batch++) {
      int from = batch * 10;
      PublishBatchResponse answer =
          cloud.sns.publishBatch(r -> r.topicArn(topic).publishBatchRequestEntries(entries(from)));
      answer.successful().stream()
          .map(PublishBatchResultEntry::sequenceNumber)
          .forEach(sequence::add);
      IntStream.range(from, from + 10).mapToObj(String::valueOf).forEach(expected::add);
    }
    assertEquals(sequence.stream().sorted().distinct().toList(), sequence);
    assertEquals(expected, receive(queue, 50).stream().map(Message::body).toList());
  }

  private static List<PublishBatchRequestEntry> entries(int from) {
    return IntStream.range(from, from + 10)
        .mapToObj(
            n ->
                PublishBatchRequestEntry.builder()
                    .id("e" + n)
                    .message(String.valueOf(n))
                    .messageGroupId("one")
                    .messageDeduplicationId("d" + n)
                    .build())
        .toList();
  }

  @Test
  void theScopeOfAnIdIsTheTopicOrTheGroup() {
    String wide = topic("wide.fifo", Map.of("FifoThroughputScope", "Topic"));
    String narrow = topic("narrow.fifo", Map.of("FifoThroughputScope", "MessageGroup"));
    assertEquals(
        publish(wide, "m", "a", "id").messageId(), publish(wide, "m", "b", "id").messageId());
    assertNotEquals(
        publish(narrow, "m", "a", "id").messageId(), publish(narrow, "m", "b", "id").messageId());
    assertEquals(
        publish(narrow, "m", "b", "id").messageId(), publish(narrow, "n", "b", "id").messageId());
  }

  @Test
  void aStandardQueueOfAFifoTopicGetsNoGroupAndOneOfAStandardTopicDoes() {
    String fifo = topic("to-standard.fifo", Map.of());
    String standard = cloud.sns.createTopic(r -> r.name("fair")).topicArn();
    String queue = queue("standard");
    subscribe(fifo, queue, Map.of("RawMessageDelivery", "true"));
    subscribe(standard, queue, Map.of("RawMessageDelivery", "true"));
    publish(fifo, "from fifo", "g", "id");
    Message first = receive(queue, 1).get(0);
    assertEquals("from fifo", first.body());
    assertNull(first.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
    cloud.sns.publish(r -> r.topicArn(standard).message("fair").messageGroupId("tenant"));
    assertEquals(
        "tenant",
        receive(queue, 1).get(0).attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
  }

  @Test
  void whatAFifoTopicRefuses() {
    String topic = topic("strict.fifo", Map.of());
    refused("The MessageGroupId parameter is required", () -> publish(topic, "m", null, "id"));
    refused(
        "The topic should either have ContentBasedDeduplication enabled",
        () -> publish(topic, "m", "g", null));
    refused(
        "Invalid protocol type: lambda",
        () ->
            cloud.sns.subscribe(
                r ->
                    r.topicArn(topic)
                        .protocol("lambda")
                        .endpoint("arn:aws:lambda:us-east-1:000000000000:function:f")));
    refused(
        "must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
        () ->
            subscribe(
                topic,
                queue("strict.fifo"),
                Map.of(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\"}")));
    refused("Topic Name", () -> cloud.sns.createTopic(r -> r.name("no-attribute.fifo")));
    refused(
        "Topic Name",
        () -> cloud.sns.createTopic(r -> r.name("plain").attributes(Map.of("FifoTopic", "true"))));
  }

  @Test
  void whatIsGivenUpKeepsItsGroupInTheDeadLetterQueue() {
    String topic = topic("dead.fifo", Map.of("ContentBasedDeduplication", "true"));
    String dead = queue("dead.fifo");
    String arn = arn(dead);
    subscribe(
        topic,
        "arn:aws:sqs:us-east-1:000000000000:gone.fifo",
        Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + arn + "\"}"));
    publish(topic, "Test", "g", null);
    Map<MessageSystemAttributeName, String> attributes = receive(dead, 1).get(0).attributes();
    assertEquals("g", attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
    assertEquals(OF_TEST, attributes.get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
  }

  @Test
  void cloudFormationMakesFifoTopics() {
    Stack stack =
        cloud.stack(
            "fifo-topic",
            """
            Resources:
              Orders:
                Type: AWS::SNS::Topic
                Properties:
                  FifoTopic: true
                  ContentBasedDeduplication: true
                  FifoThroughputScope: MessageGroup
            Outputs:
              Arn: {Value: !Ref Orders}
            """);
    assertEquals("CREATE_COMPLETE", stack.stackStatusAsString(), cloud.failures("fifo-topic"));
    String arn = stack.outputs().get(0).outputValue();
    assertTrue(arn.matches(".*:fifo-topic-Orders-[^:]+\\.fifo"), arn);
    Map<String, String> attributes =
        cloud.sns.getTopicAttributes(r -> r.topicArn(arn)).attributes();
    assertEquals("true", attributes.get("FifoTopic"));
    assertEquals("true", attributes.get("ContentBasedDeduplication"));
    assertEquals("MessageGroup", attributes.get("FifoThroughputScope"));
  }

  private static void refused(String words, Runnable call) {
    String message = assertThrows(InvalidParameterException.class, call::run).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static String topic(String name, Map<String, String> attributes) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.put("FifoTopic", "true");
    return cloud.sns.createTopic(r -> r.name(name).attributes(all)).topicArn();
  }

  private static PublishResponse publish(String topic, String message, String group, String id) {
    return cloud.sns.publish(
        PublishRequest.builder()
            .topicArn(topic)
            .message(message)
            .messageGroupId(group)
            .messageDeduplicationId(id)
            .build());
  }

  /** A queue that lets SNS in; its URL. */
  private static String queue(String name) {
    Map<QueueAttributeName, String> attributes = new TreeMap<>();
    attributes.put(
        QueueAttributeName.POLICY,
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}");
    if (name.endsWith(".fifo")) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    return cloud.sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
  }

  private static String arn(String queueUrl) {
    return cloud
        .sqs
        .getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private static void subscribe(String topic, String queue, Map<String, String> attributes) {
    String endpoint = queue.startsWith("arn:") ? queue : arn(queue);
    cloud.sns.subscribe(
        r -> r.topicArn(topic).protocol("sqs").endpoint(endpoint).attributes(attributes));
  }

  /** So many messages, deleted as they come; those of a FIFO queue in their order. */
  private static List<Message> receive(String queue, int count) {
    List<Message> all = new ArrayList<>();
    TestCloud.await(
        count + " messages of " + queue,
        () -> {
          List<Message> some =
              cloud
                  .sqs
                  .receiveMessage(
                      r ->
                          r.queueUrl(queue)
                              .maxNumberOfMessages(10)
                              .waitTimeSeconds(1)
                              .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                  .messages();
          some.forEach(
              each ->
                  cloud.sqs.deleteMessage(
                      r -> r.queueUrl(queue).receiptHandle(each.receiptHandle())));
          all.addAll(some);
          return all.size() >= count;
        });
    return all;
  }

  private static boolean drained(String queue) {
    return cloud.sqs.receiveMessage(r -> r.queueUrl(queue)).messages().isEmpty();
  }
}
