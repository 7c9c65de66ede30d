package io.pipelab.local.lambda.execution;

import static io.pipelab.local.lambda.execution.HandlerJar.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Runtime API as a runtime of any make sees it, by plain HTTP. */
@Timeout(300)
class RuntimeEndpointTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final RuntimeApiServer server = new RuntimeApiServer();
  private RuntimeEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    endpoint = server.open();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anEventGoesToTheProcessAndItsAnswerBack() throws Exception {
    CompletableFuture<HttpResponse<String>> next = next(endpoint.address());
    CompletableFuture<Reply> reply = deliver("id-1");
    HttpResponse<String> event = next.get();
    assertEquals("{\"n\":1}", event.body());
    assertEquals("id-1", event.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow());
    assertEquals(202, post("invocation/id-1/response", "1").statusCode());
    assertArrayEquals(utf8("1"), ((Reply.Answer) reply.get()).payload());
  }

  @Test
  void nobodyWithoutTheSecretIsAnswered() throws Exception {
    String address = endpoint.address();
    String authority = address.substring(0, address.indexOf('/'));
    String other = server.open().address();
    assertNotEquals(address, other);
    assertTrue(address.matches("127\\.0\\.0\\.1:\\d+/[0-9a-f]{64}"), address);
    assertEquals(403, next(authority).get().statusCode());
    assertEquals(403, next(authority + "/" + "0".repeat(64)).get().statusCode());
    assertEquals(403, next(address.substring(0, address.length() - 1)).get().statusCode());
    assertFalse(endpoint.polled().isDone(), "nobody has asked");
  }

  @Test
  void aClosedEnvironmentsSecretOpensNothing() throws Exception {
    CompletableFuture<HttpResponse<String>> parked = next(endpoint.address());
    assertTrue(endpoint.polled().get());
    endpoint.close();
    assertEquals(403, parked.get().statusCode());
    assertEquals(403, next(endpoint.address()).get().statusCode());
  }

  @Test
  void onlyTheRunningEventCanBeAnsweredAndOnce() throws Exception {
    next(endpoint.address());
    CompletableFuture<Reply> reply = deliver("id-1");
    for (String call : new String[] {"invocation/id-2/response", "invocation/id-2/error"}) {
      HttpResponse<String> refused = post(call, "2");
      assertEquals(400, refused.statusCode());
      assertEquals(
          "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}",
          refused.body());
    }
    assertFalse(reply.isDone());
    assertEquals(202, post("invocation/id-1/error", "{}").statusCode());
    assertInstanceOf(Reply.Failed.class, reply.get());
    assertEquals(400, post("invocation/id-1/response", "1").statusCode());
  }

  @Test
  void aProcessThatHasNotAnsweredGetsNoOtherEvent() throws Exception {
    next(endpoint.address());
    CompletableFuture<Reply> reply = deliver("id-1");
    HttpResponse<String> refused = next(endpoint.address()).get();
    assertEquals(403, refused.statusCode());
    assertTrue(refused.body().contains("InvalidStateTransition"), refused.body());
    assertFalse(reply.isDone());
  }

  @Test
  void aProcessThatDiesAfterItsAnswerAsksForNothing() throws Exception {
    next(endpoint.address());
    CompletableFuture<Reply> reply = deliver("id-1");
    assertEquals(202, post("invocation/id-1/error", "{}").statusCode());
    assertInstanceOf(Reply.Failed.class, reply.get());
    CompletableFuture<Boolean> polled = endpoint.polled();
    assertFalse(polled.isDone(), "the first poll is over");
    endpoint.exited(1);
    assertFalse(polled.get());
    assertFalse(endpoint.polled().get());
  }

  @Test
  void whoeverWaitsForAProcessThatEndsLearnsIt() throws Exception {
    next(endpoint.address());
    CompletableFuture<Reply> reply = deliver("id-1");
    endpoint.exited(3);
    assertEquals(new Reply.Exited(3), reply.get());
    assertEquals(
        new Reply.Exited(3),
        endpoint.deliver(new Invocation("id-2", "arn", utf8("{}")), TIMEOUT).get());
  }

  private CompletableFuture<Reply> deliver(String requestId) throws Exception {
    assertTrue(endpoint.polled().get(60, TimeUnit.SECONDS));
    return endpoint.deliver(new Invocation(requestId, "arn", utf8("{\"n\":1}")), TIMEOUT);
  }

  private CompletableFuture<HttpResponse<String>> next(String address) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri(address, "invocation/next")).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(endpoint.address(), path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static URI uri(String address, String path) {
    return URI.create("http://" + address + "/2018-06-01/runtime/" + path);
  }
}
