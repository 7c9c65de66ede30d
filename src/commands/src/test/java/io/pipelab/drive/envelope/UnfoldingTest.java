package io.pipelab.drive.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.drive.envelope.Unfolded.Envelope;
import io.pipelab.drive.envelope.Unfolded.Json;
import io.pipelab.drive.envelope.Unfolded.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfoldingTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String S3 =
      """
      {"Records": [
        {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "awsRegion": "us-east-1",
         "eventTime": "2026-01-02T03:04:05.000Z",
         "s3": {"configurationId": "c", "bucket": {"name": "b"},
                "object": {"key": "ingest/red+flower%2B.jpg", "size": 12, "versionId": "v"}}},
        {"eventSource": "aws:s3", "eventName": "ObjectRemoved:Delete",
         "s3": {"bucket": {"name": "b"}, "object": {"key": "100%"}}}]}
      """;

  @Test
  void aNotificationHoldsAnEventOfTwoRecords() throws Exception {
    Envelope notification = envelope("SNS notification", Unfolding.of(notification(S3)));
    assertEquals(
        Map.of(
            "TopicArn", "arn:t", "Subject", "hello", "MessageId", "m", "attribute k", "v (String)"),
        notification.facts());
    Envelope event = envelope("S3 event", only(notification));
    Envelope put = envelope("S3 record", event.inside().get(0));
    assertEquals("s3://b/ingest/red flower+.jpg", put.facts().get("object"));
    assertEquals("ingest/red+flower%2B.jpg", put.facts().get("key"));
    assertEquals("12", put.facts().get("size"));
    assertEquals("v", put.facts().get("versionId"));
    Envelope removed = envelope("S3 record", event.inside().get(1));
    assertEquals("s3://b/100%", removed.facts().get("object"), "a key that nobody can decode");
    assertEquals(2, event.inside().size());
  }

  @Test
  void aTestEvent() {
    Envelope test =
        envelope(
            "s3:TestEvent",
            Unfolding.of(
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"));
    assertEquals(Map.of("Bucket", "b"), test.facts());
  }

  @Test
  void anEventOfEventBridge() {
    Envelope event =
        envelope(
            "EventBridge event",
            Unfolding.of(
                "{\"version\":\"0\",\"id\":\"i\",\"detail-type\":\"Object Created\",\"source\":\"aws.s3\","
                    + "\"resources\":[\"arn:a\",\"arn:b\"],\"detail\":{\"price\":1.10}}"));
    assertEquals("arn:a, arn:b", event.facts().get("resources"));
    Json detail = assertInstanceOf(Json.class, only(event));
    assertTrue(ExactJson.pretty(detail.value()).contains("1.10"), "digits stay as they were sent");
  }

  @Test
  void whatLambdaPutsIntoADeadLetterQueue() throws Exception {
    String sns =
        MAPPER.writeValueAsString(
            Map.of(
                "Records",
                List.of(
                    Map.of(
                        "EventSource",
                        "aws:sns",
                        "Sns",
                        MAPPER.readValue(notification("alarm"), Map.class)))));
    Envelope event = envelope("Lambda event of SNS", Unfolding.of(sns));
    assertEquals(new Text("alarm", null), only(envelope("SNS notification", only(event))));

    String sqs =
        MAPPER.writeValueAsString(
            Map.of(
                "Records", List.of(Map.of("eventSource", "aws:sqs", "body", notification("x")))));
    Envelope record =
        envelope("SQS record", only(envelope("Lambda event of SQS", Unfolding.of(sqs))));
    assertEquals(new Text("x", null), only(envelope("SNS notification", only(record))));
  }

  @Test
  void envelopesInEnvelopesEndSomewhere() throws Exception {
    String body = "the end";
    for (int i = 0; i < 12; i++) {
      body = notification(body);
    }
    Unfolded layer = Unfolding.of(body);
    int depth = 0;
    while (layer instanceof Envelope envelope) {
      layer = only(envelope);
      depth++;
    }
    assertEquals(8, depth);
    assertInstanceOf(Json.class, layer, "the rest is shown as it is");
  }

  @Test
  void whatOnlyLooksLikeAnEnvelope() {
    List.of(
            "{\"Type\":\"Notification\",\"Message\":\"no topic\"}",
            "{\"Type\":\"Notification\",\"TopicArn\":\"a\",\"Message\":{}}",
            "{\"Records\":[]}",
            "{\"Records\":{\"eventSource\":\"aws:s3\"}}",
            "{\"Records\":[{\"eventSource\":\"aws:s3\"},{\"eventSource\":\"aws:sqs\"}]}",
            "{\"detail-type\":\"x\",\"detail\":{}}",
            "[1, 2]",
            "{}")
        .forEach(body -> assertInstanceOf(Json.class, Unfolding.of(body), body));
  }

  @Test
  void textIsText() {
    for (String body : List.of("", " ", "731845920", "true", "\"quoted\"", "héllo\n\u001b[31m")) {
      assertEquals(new Text(body, null), Unfolding.of(body));
    }
  }

  @Test
  void brokenJsonIsTextAndSaysWhere() {
    for (String body :
        List.of("{", "{\"a\": 1} more", "{\"a\":\n 01}", "[1,", "{'a': 1}", "[".repeat(50_000))) {
      Text text = assertInstanceOf(Text.class, Unfolding.of(body));
      assertEquals(body, text.text());
      assertNotNull(text.broken());
    }
    Text open = assertInstanceOf(Text.class, Unfolding.of("{\"n\": 1"));
    assertEquals(
        "line 1, column 8: Unexpected end-of-input: expected close marker for Object",
        open.broken());
    Text second = assertInstanceOf(Text.class, Unfolding.of("{\"a\":\n x}"));
    assertTrue(String.valueOf(second.broken()).startsWith("line 2, column"), second::broken);
  }

  @Test
  void aHugeBody() throws Exception {
    String huge = "x".repeat(1_000_000);
    Envelope notification = envelope("SNS notification", Unfolding.of(notification(huge)));
    Text text = assertInstanceOf(Text.class, only(notification));
    assertEquals(huge, text.text());
    assertNull(text.broken());
  }

  private static String notification(String message) throws Exception {
    return MAPPER.writeValueAsString(
        Map.of(
            "Type", "Notification",
            "TopicArn", "arn:t",
            "MessageId", "m",
            "Subject", "hello",
            "Message", message,
            "MessageAttributes", Map.of("k", Map.of("Type", "String", "Value", "v"))));
  }

  private static Envelope envelope(String kind, Unfolded layer) {
    Envelope envelope = assertInstanceOf(Envelope.class, layer);
    assertEquals(kind, envelope.kind());
    return envelope;
  }

  private static Unfolded only(Envelope envelope) {
    assertEquals(1, envelope.inside().size(), envelope::kind);
    return envelope.inside().get(0);
  }
}
