package io.pipelab.functions.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeLoopTest {
  private final List<String> posted = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/secret/2018-06-01/runtime/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().getPath();
          boolean next = path.endsWith("/next");
          if (!next) {
            String said = new String(body, StandardCharsets.UTF_8);
            posted.add(path.substring("/secret/2018-06-01/runtime/".length()) + " " + said);
          }
          exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "r-1");
          byte[] answer =
              next ? "{\"n\":1}".getBytes(StandardCharsets.UTF_8) : new byte[] {'{', '}'};
          exchange.sendResponseHeaders(next ? 200 : 202, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort() + "/secret";
  }

  @Test
  void anEventIsHandledAndAnswered() throws IOException {
    RuntimeLoop loop =
        new RuntimeLoop(
            address(),
            (in, out, context) -> {
              out.write(in.readAllBytes());
              out.write(context.getAwsRequestId().getBytes(StandardCharsets.UTF_8));
            });

    loop.handleOne();

    assertEquals(List.of("invocation/r-1/response {\"n\":1}r-1"), posted);
  }

  @Test
  void whatTheHandlerThrowsIsTold() throws IOException {
    RuntimeLoop loop =
        new RuntimeLoop(
            address(),
            (in, out, context) -> {
              throw new IllegalStateException("no \"task\"");
            });

    loop.handleOne();

    assertEquals(
        List.of(
            "invocation/r-1/error {\"errorMessage\":\"no \\\"task\\\"\","
                + "\"errorType\":\"java.lang.IllegalStateException\"}"),
        posted);
  }
}
