package io.pipelab.functions.offers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** The two functions of the file's way, against services that are played. */
class FunctionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = String.join(",", Offer.COLUMNS);

  private final List<String> log = new ArrayList<>();
  private final Queue queue = new Queue();
  private final Table table = new Table();

  @Test
  void eachRowIsSentOnceInBatchesOfTenTheLastOneToo() throws Exception {
    StringBuilder file = new StringBuilder(HEADER).append('\n');
    for (int i = 0; i < 25; i++) {
      file.append("id").append(i).append(",Paris,,,,,,,,,\n");
    }
    file.append(",Lyon,,,,,,,,,\n");
    queue.refusals = 3;
    JsonNode answer = send("job_offers/a+b%3D.csv", file.toString());
    assertEquals(25, queue.bodies.size());
    assertEquals(List.of(10, 3, 10, 5), queue.sizes);
    assertEquals(
        "report s3://jobs/job_offers/a b=.csv: 26 rows, 25 sent, 1 rejected (no id: line 27)",
        log.get(0));
    assertEquals(25, answer.path("files").path(0).path("sent").asInt());
    assertEquals("Paris", Offer.ofMessage(queue.bodies.get(0)).city());
  }

  @Test
  void batchesStayWithinTheirBytes() throws Exception {
    String large = "x".repeat(150_000);
    String rows =
        "1,A,"
            + large
            + ",,,,,,,,\n2,B,"
            + large
            + ",,,,,,,,\n3,C,"
            + "y".repeat(262_145)
            + ",,,,,,,,\n";
    send("k.csv", HEADER + "\n" + rows);
    assertEquals(List.of(1, 1), queue.sizes);
    assertTrue(log.get(0).endsWith("1 rejected (more than 262144 bytes: line 4)"), log.get(0));
  }

  @Test
  void aQueueThatRefusesFailsTheInvocation() {
    queue.refusals = Integer.MAX_VALUE;
    assertThrows(IllegalStateException.class, () -> send("k.csv", HEADER + "\n1,A,,,,,,,,,\n"));
  }

  private JsonNode send(String key, String file) throws Exception {
    S3ToSqs function = new S3ToSqs(new Bucket(file), queue, "https://queue", millis -> {});
    String event =
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"jobs\"},\"object\":{\"key\":\""
            + key
            + "\"}}}]}";
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(stream(event), answer, new LogOnly(log));
    return JSON.readTree(answer.toByteArray());
  }

  @Test
  void whatCannotBeStoredFailsAloneAndComesBackSoon() throws Exception {
    Offer offer = Offer.of(Map.of("id", "1", "city", "Paris", "title", "Dev"));
    String good = JSON.writeValueAsString(offer.json());
    String event =
        "{\"Records\":["
            + record("m1", good)
            + ","
            + record("m2", "\"no offer\"")
            + ","
            + record("m3", "\"{\\\"id\\\":7}\"")
            + "]}";
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SqsToDynamo(table, queue, "jobs", "https://queue", 5)
        .handleRequest(stream(event), answer, new LogOnly(log));
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"},{\"itemIdentifier\":\"m3\"}]}",
        answer.toString(StandardCharsets.UTF_8));
    assertEquals(1, table.items.size());
    assertEquals(11, table.items.get(0).item().size());
    assertEquals(Map.of("r-m2", 5, "r-m3", 5), queue.hidden);
    assertEquals("not stored: message m2, receive 2: the message is not JSON", log.get(0));
  }

  private static String record(String id, String body) {
    return "{\"messageId\":\"%s\",\"receiptHandle\":\"r-%s\",\"body\":%s,".formatted(id, id, body)
        + "\"attributes\":{\"ApproximateReceiveCount\":\"2\"}}";
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private record Bucket(String file) implements S3Client {
    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
      return new ResponseInputStream<>(
          GetObjectResponse.builder().build(), AbortableInputStream.create(stream(file)));
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  private static final class Queue implements SqsClient {
    final List<String> bodies = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    final Map<String, Integer> hidden = new LinkedHashMap<>();
    int refusals;

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      List<BatchResultErrorEntry> failed = new ArrayList<>();
      sizes.add(request.entries().size());
      for (SendMessageBatchRequestEntry each : request.entries()) {
        if (refusals > 0) {
          refusals--;
          failed.add(BatchResultErrorEntry.builder().id(each.id()).code("Busy").build());
        } else {
          bodies.add(each.messageBody());
        }
      }
      return SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(
        ChangeMessageVisibilityRequest request) {
      hidden.put(request.receiptHandle(), request.visibilityTimeout());
      return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  private static final class Table implements DynamoDbClient {
    final List<PutItemRequest> items = new ArrayList<>();

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      items.add(request);
      return PutItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
