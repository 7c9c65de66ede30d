package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An endpoint on which the lab's stacks stand, and which answers nonsense to everything else: each
 * check says so, and no command takes it for a bug of pipelab.
 */
class ForeignEndpointIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> NONSENSE = List.of("", "{", "{}", "<a/>");

  @TempDir Path folder;
  private ExecutorService threads;
  private HttpServer server;
  private String nonsense = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyCheckIsLookedAtWhateverComesBack() throws IOException {
    for (String each : NONSENSE) {
      nonsense = each;
      InProcess.Outcome outcome = run("verify", "decoupling", "--within", "1s", "-o", "json");
      assertEquals(1, outcome.exit(), each + ": " + outcome.err());
      JsonNode steps = JSON.readTree(outcome.out()).path("steps");
      assertTrue(steps.size() >= 10, each + ": " + outcome.out());
      steps.forEach(
          step -> assertFalse(step.path("status").asText().equals("passed"), step.toString()));
    }
  }

  @Test
  void noCommandTakesNonsenseForABug() {
    for (String each : NONSENSE) {
      nonsense = each;
      for (String command :
          List.of(
              "status decoupling",
              "load-queue decoupling --count 5",
              "push-image decoupling",
              "doctor decoupling",
              "metrics decoupling",
              "logs decoupling")) {
        InProcess.Outcome outcome = run(command.split(" "));
        assertFalse(
            outcome.err().contains("bug of pipelab"), command + " " + each + ": " + outcome.err());
      }
    }
  }

  private InProcess.Outcome run(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.add("--endpoint-url");
    args.add("http://127.0.0.1:" + server.getAddress().getPort());
    return new InProcess(folder).run(args.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String body = request.contains("Action=DescribeStacks") ? stack(request) : nonsense;
    if (request.contains("Action=GetCallerIdentity")) {
      body =
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account><Arn>a</Arn>"
              + "</GetCallerIdentityResult></GetCallerIdentityResponse>";
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("x-amzn-RequestId", "1");
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String stack(String request) throws IOException {
    String name = request.replaceAll("(?s).*StackName=([^&]*).*", "$1");
    String file = name.endsWith("foundation") ? "foundation.yaml" : "decoupling.yaml";
    String template = Files.readString(Path.of("templates/decoupling", file));
    StringBuilder outputs = new StringBuilder();
    Matcher output =
        Pattern.compile("(?m)^  ([A-Za-z]+):$")
            .matcher(template.substring(template.indexOf("\nOutputs:")));
    while (output.find()) {
      outputs.append(
          "<member><OutputKey>%s</OutputKey><OutputValue>1</OutputValue></member>"
              .formatted(output.group(1)));
    }
    return """
        <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>%s</StackName>\
        <StackId>arn:x</StackId><StackStatus>CREATE_COMPLETE</StackStatus>\
        <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>%s</Outputs>\
        <Tags/></member></Stacks></DescribeStacksResult></DescribeStacksResponse>"""
        .formatted(name, outputs);
  }
}
