package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.pipelab.report.Terminal;
import io.pipelab.target.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that are down, are not AWS, or refuse: each has its own words and exit code. */
class UnusableTargetTest {
  @TempDir Path folder;

  private HttpServer server;
  private String type = "text/html";
  private String body = "<html><body>It works!</body></html>";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", type);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aPortOnWhichNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    look("down", port, 4, "status", "decoupling");
  }

  @Test
  void aWebServer() {
    look("web-server", address(), 4, "status", "decoupling");
    look("web-server-load", address(), 4, "load-queue", "decoupling", "--count", "5");
  }

  @Test
  void aServiceThatRefusesTheCredentials() {
    error(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    look("refused-credentials", address(), 253, "status", "decoupling");
  }

  @Test
  void aServiceThatRefusesTheCall() {
    error(403, "AccessDenied", "User x is not authorized to perform cloudformation:DescribeStacks");
    look("refused-call", address(), 254, "status", "decoupling");
  }

  @Test
  void aServiceThatCannotDoIt() {
    error(501, "NotImplemented", "describe_stacks is not implemented");
    look("unsupported", address(), 254, "status", "decoupling");
  }

  @Test
  void theLocalTargetWhenNothingRuns() {
    InProcess pipelab = new InProcess(folder);
    Golden.assertMatches("target/nothing-runs-status", pipelab.transcript("status", "decoupling"));
    Golden.assertMatches("target/nothing-runs-down", pipelab.transcript("down", "decoupling"));
    Golden.assertMatches("target/nothing-runs-down-all", pipelab.transcript("down", "--all"));
    Golden.assertMatches("target/nothing-runs-logs", pipelab.transcript("logs", "decoupling"));
    Golden.assertMatches(
        "target/nothing-runs-metrics", pipelab.transcript("metrics", "decoupling"));
    Golden.assertMatches("target/nothing-runs-verify", pipelab.transcript("verify", "decoupling"));
    Golden.assertMatches(
        "target/nothing-runs-load", pipelab.transcript("load-queue", "decoupling"));
    Golden.assertMatches(
        "target/nothing-runs-push", pipelab.transcript("push-image", "decoupling"));
    Golden.assertMatches("target/nothing-runs-local", pipelab.transcript("local", "status"));
    Golden.assertMatches(
        "target/nothing-runs-local-json", pipelab.transcript("local", "status", "-o", "json"));
    Golden.assertMatches("target/nothing-runs-local-stop", pipelab.transcript("local", "stop"));
    Golden.assertMatches(
        "target/nothing-runs-status-json",
        pipelab.transcript("status", "decoupling", "-o", "json"));
    Golden.assertMatches(
        "target/nothing-runs-down-json", pipelab.transcript("down", "decoupling", "-o", "json"));
  }

  @Test
  void aProfileThatIsNotThere() {
    String[] args = {
      "status", "decoupling", "--target", "aws", "--region", "us-east-1", "--profile", "no-such"
    };
    InProcess.Outcome outcome = new InProcess(folder).run(args);
    assertEquals(253, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains("no credentials for target aws"), outcome.err());
    assertTrue(outcome.err().lines().count() <= 3, outcome.err());
  }

  @Test
  void aQuestionThatNobodyCanAnswer() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    TerminalConsent consent = new TerminalConsent(invocation(Terminal.none(), "", err), false);
    Failure failure = thrown(consent);
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertEquals("add --yes to agree", failure.next());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("set up lab x"));
  }

  @Test
  void noAndNothingAreNoConsent() {
    Terminal terminal = new Terminal(true, true, true, false, 80, 24);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (String answer : List.of("n\n", "\n", "", "perhaps\n")) {
      Failure failure = thrown(new TerminalConsent(invocation(terminal, answer, err), false));
      assertEquals("not agreed: nothing was changed", failure.what());
    }
    new TerminalConsent(invocation(terminal, "Yes\n", err), false).ask(List.of("set up lab x"));
  }

  private static Failure thrown(TerminalConsent consent) {
    return assertThrows(Failure.class, () -> consent.ask(List.of("set up lab x")));
  }

  private Invocation invocation(Terminal terminal, String input, ByteArrayOutputStream err) {
    return new Invocation(
        Map.of("HOME", folder.toString()),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        folder,
        "1.0",
        "pipelab");
  }

  private void error(int code, String name, String message) {
    status = code;
    type = "text/xml";
    body =
        "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
            .formatted(name, message);
  }

  private int address() {
    return server.getAddress().getPort();
  }

  private void look(String name, int port, int exit, String... command) {
    String url = "http://127.0.0.1:" + port;
    String[] args = Arrays.copyOf(command, command.length + 2);
    args[command.length] = "--endpoint-url";
    args[command.length + 1] = url;
    InProcess pipelab = new InProcess(folder).naming(url, "http://127.0.0.1:PORT");
    InProcess.Outcome outcome = pipelab.run(args);
    assertEquals(exit, outcome.exit(), outcome.err());
    Golden.assertMatches("target/" + name, pipelab.transcript(args));
  }
}
