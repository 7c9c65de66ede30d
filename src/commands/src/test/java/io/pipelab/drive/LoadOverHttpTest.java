package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A load against an endpoint that fails: what it took is what the load says it took. */
class LoadOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How often the endpoint took each message. */
  private final Map<Integer, Integer> taken = new HashMap<>();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private SqsClient sqs;
  private IntPredicate refuses = id -> false;
  private boolean senderFault;
  private int answer500;
  private int dropped;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
    sqs =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .checksumValidationEnabled(false)
            .build();
  }

  @AfterEach
  void stop() {
    sqs.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void someEntriesOfEachBatchFailAtFirst() {
    Map<Integer, Integer> asked = new HashMap<>();
    refuses = id -> id % 3 == 0 && asked.merge(id, 1, Integer::sum) == 1;

    LoadResult result = send(300);

    assertEquals(300, result.sent());
    assertEquals(100, result.retried());
    assertEquals(0, result.failed());
    assertTookEachOnce(300);
  }

  @Test
  void allEntriesOfABatchFailForGood() {
    refuses = id -> id <= 10;

    LoadResult result = send(95);

    assertEquals(85, result.sent());
    assertEquals(10, result.failed());
    assertEquals(0, result.unsent());
    assertEquals(10 * (Retries.TRIES - 1), result.retried());
    assertTookEachOnce(85);
  }

  @Test
  void whatTheSenderIsToBlameForIsCountedOnce() {
    refuses = id -> id == 7;
    senderFault = true;

    LoadResult result = send(50);

    assertEquals(49, result.sent());
    assertEquals(1, result.failed());
    assertEquals("Refused", result.failures().get(0).code());
    assertTookEachOnce(49);
  }

  @Test
  void whenTheSdkRepeatsACallOfItsOwnThatIsCounted() {
    answer500 = 2;

    LoadResult result = send(10);

    assertEquals(10, result.sent());
    assertEquals(20, result.retried());
    assertEquals(0, result.maybeTwice());
    assertTookEachOnce(10);
  }

  @Test
  void whenAnAnswerIsLostTheMessagesMayBeThereTwiceAndItIsSaid() {
    dropped = 1;

    LoadResult result = send(10);

    assertEquals(10, result.sent());
    assertEquals(10, result.maybeTwice());
    assertEquals(10, result.retried());
    assertTrue(taken.values().stream().allMatch(times -> times == 2), taken.toString());
  }

  private LoadResult send(long count) {
    Retries atOnce =
        new Retries() {
          @Override
          boolean pause(int tried) {
            return true;
          }
        };
    return new SendMessages(sqs, Clock.systemUTC(), atOnce, System::nanoTime)
        .send(
            new SendMessages.Load(
                "http://127.0.0.1/000000000000/q",
                "run",
                count,
                Bodies.numbers(new Random(1)),
                Double.POSITIVE_INFINITY,
                Duration.ofMinutes(5)),
            done -> {});
  }

  private void assertTookEachOnce(int messages) {
    assertEquals(messages, taken.size());
    assertTrue(taken.values().stream().allMatch(times -> times == 1), taken.toString());
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    if (answer500 > 0) {
      answer500--;
      reply(exchange, 500, "{\"__type\":\"InternalFailure\"}");
      return;
    }
    ObjectNode reply = JSON.createObjectNode();
    ArrayNode successful = reply.putArray("Successful");
    ArrayNode failed = reply.putArray("Failed");
    for (JsonNode entry : request.path("Entries")) {
      int id = entry.path("Id").asInt();
      if (refuses.test(id)) {
        failed
            .addObject()
            .put("Id", "" + id)
            .put("Code", "Refused")
            .put("SenderFault", senderFault);
      } else {
        taken.merge(id, 1, Integer::sum);
        successful.addObject().put("Id", "" + id).put("MessageId", "m" + id);
      }
    }
    if (dropped > 0) {
      dropped--;
      exchange.close();
      return;
    }
    reply(exchange, 200, reply.toString());
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
