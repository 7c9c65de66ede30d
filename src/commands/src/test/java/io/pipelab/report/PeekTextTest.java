package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.drive.QueueState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class PeekTextTest {
  private static final PeekText TEXT =
      new PeekText(new QueueState("http://h/1/q", false, 5, 1, 0, 3, "dead"), Style.of(false));

  @Test
  void aMessageWithItsEnvelopes() {
    assertEquals(
        List.of(
            "q: about 5 visible, 1 in flight, 0 delayed; after 3 receives a message goes to dead",
            "",
            "message 1  m",
            "  sent 1970-01-01T00:00:01Z, received 3 times of 3: none left",
            "  attribute blob AQI= (Binary)",
            "  s3:TestEvent",
            "    Bucket b"),
        TEXT.lines(List.of(message("{\"Event\": \"s3:TestEvent\", \"Bucket\": \"b\"}", "3"))));
  }

  @Test
  void whatIsLeft() {
    assertTrue(
        TEXT.lines(List.of(message("x", "1")))
            .contains("  sent 1970-01-01T00:00:01Z, received once of 3: 2 left"));
  }

  @Test
  void aHugeBodyIsCutOnTheTerminalAndWholeInTheDocument() {
    String huge = "x".repeat(1_000_000);
    List<String> lines = TEXT.lines(List.of(message(huge, "1")));
    assertEquals(
        "    ... and 996000 characters more: -o json has them all", lines.get(lines.size() - 1));
    assertTrue(lines.stream().allMatch(line -> line.length() < 4_100));
    assertTrue(Json.text(TEXT.json(List.of(message(huge, "1")))).contains(huge));
  }

  private static Message message(String body, String receives) {
    return Message.builder()
        .messageId("m")
        .body(body)
        .attributes(
            Map.of(
                MessageSystemAttributeName.SENT_TIMESTAMP,
                "1000",
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                receives))
        .messageAttributes(
            Map.of(
                "blob",
                MessageAttributeValue.builder()
                    .dataType("Binary")
                    .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2}))
                    .build()))
        .build();
  }
}
