package io.pipelab.functions.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class StoredItemTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:01.500Z");
  private static final Instant STORED = Instant.parse("2026-11-21T10:00:02.500Z");

  @Test
  void carriesTheAccountingOfTheLoad() {
    Message message =
        message("123456789")
            .messageAttributes(
                Map.of(
                    "pipelab-run", attribute("String", "r-1"),
                    "pipelab-sequence", attribute("Number", "17"),
                    "pipelab-sent", attribute("Number", "1795255200000")))
            .build();
    assertEquals(
        Map.of(
            "queueMessage", AttributeValue.fromS("123456789"),
            "host", AttributeValue.fromS("ip-10-0-0-1"),
            "messageId", AttributeValue.fromS("m-1"),
            "runId", AttributeValue.fromS("r-1"),
            "sequence", AttributeValue.fromN("17"),
            "sent", AttributeValue.fromS("2026-11-21T10:00:00Z"),
            "received", AttributeValue.fromS("2026-11-21T10:00:01.500Z"),
            "stored", AttributeValue.fromS("2026-11-21T10:00:02.500Z")),
        StoredItem.of(message, "ip-10-0-0-1", RECEIVED, STORED));
  }

  @Test
  void aMessageSentByHandHasTheQueuesSendTime() {
    Message message =
        message("1")
            .attributes(Map.of(MessageSystemAttributeName.SENT_TIMESTAMP, "1795255200000"))
            .build();
    Map<String, AttributeValue> item = StoredItem.of(message, "h", RECEIVED, STORED);
    assertEquals(
        Set.of("queueMessage", "host", "messageId", "sent", "received", "stored"), item.keySet());
    assertEquals(AttributeValue.fromS("2026-11-21T10:00:00Z"), item.get("sent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12a", "1.5", "-3", " 7", "7\n", "{\"n\":1}", "٣"})
  void refusesWhatIsNoDecimalNumber(String body) {
    assertFalse(StoredItem.accepts(message(body).build()));
  }

  @Test
  void acceptsDigits() {
    assertTrue(StoredItem.accepts(message("100000001").build()));
  }

  private static Message.Builder message(String body) {
    return Message.builder().body(body).messageId("m-1");
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }
}
