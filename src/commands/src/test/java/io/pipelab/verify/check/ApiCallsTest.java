package io.pipelab.verify.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.api.ApiCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lab's HTTP API is called as its users call it, and each answer is looked at. */
class ApiCallsTest extends CheckTest {
  private static final Map<String, Object> POST =
      Map.of(
          "method",
          "POST",
          "path",
          "/offers",
          "data",
          Map.of("title", "cook"),
          "status",
          201L,
          "has",
          Map.of("title", "cook"),
          "keep",
          List.of("id"));
  private static final Map<String, Object> DELETE =
      Map.of("method", "DELETE", "path", "/offers/{id}", "status", 204L);

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 201;
  private String answer = "{\"id\": 7, \"title\": \"cook\"}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatOneAnswerGaveIsPartOfTheNextCall() {
    assertSeen(State.HOLDS, "POST /offers 201, DELETE /offers/{id} 204", calls());
    assertEquals(List.of("POST /offers {\"title\":\"cook\"}", "DELETE /offers/7 "), asked);
  }

  @Test
  void anotherStatusIsTold() {
    status = 500;
    answer = "{\n \"message\": \"Internal Server Error\"}";
    assertSeen(
        State.LACKS,
        "POST /offers: 500 instead of 201 { \"message\": \"Internal Server Error\"}",
        calls());
    assertEquals(1, asked.size());
  }

  @Test
  void anotherValueIsTold() {
    answer = "{\"id\": 7, \"title\": \"waiter\"}";
    assertSeen(State.LACKS, "POST /offers: title is \"waiter\", not \"cook\"", calls());
  }

  @Test
  void aMemberThatIsMissingIsTold() {
    answer = "{\"title\": \"cook\"}";
    assertSeen(State.LACKS, "POST /offers: the answer has no id: {\"title\": \"cook\"}", calls());
  }

  @Test
  void anAnswerThatIsNotJsonIsToldInOneShortLine() {
    answer = "<html>" + "x".repeat(200);
    assertSeen(
        State.LACKS,
        "POST /offers: an answer that is not JSON: <html>" + "x".repeat(114) + "...",
        calls());
  }

  @Test
  void noAnswerIsTold() {
    server.stop(0);
    Observation seen = calls();
    assertEquals(State.LACKS, seen.state());
    assertEquals("POST " + url() + "/offers has no answer", seen.actual().split(":(?= )")[0]);
  }

  private Observation calls() {
    return look(ApiCalls.TYPE, Map.of("url", url(), "calls", List.of(POST, DELETE)));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    if (exchange.getRequestMethod().equals("DELETE")) {
      exchange.sendResponseHeaders(204, -1);
    } else {
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
