package io.pipelab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipelab.cli.Invocation;
import io.pipelab.cli.Pipelab;
import io.pipelab.report.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the quick commands once against a cloud that is only a few canned answers, so that the JVM
 * can write the classes they need into its class-data archive. Started by the launcher, never by a
 * user; touches nothing but the archive.
 */
public final class Rehearsal {
  private static final List<String> TYPES =
      List.of(
          "AWS::SQS::Queue",
          "AWS::CloudWatch::Alarm",
          "AWS::ECS::Cluster",
          "AWS::Lambda::Function",
          "AWS::DynamoDB::Table");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Main.quietLibraries();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/", Rehearsal::answer);
    server.start();
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      play(endpoint, "--version");
      play(endpoint, "--help");
      play(endpoint, "labs");
      play(endpoint, "status");
      play(endpoint, "status", "-o", "json");
      play(endpoint, "no-such-command");
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
    System.exit(0);
  }

  private static void play(URI endpoint, String... command) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path home = Path.of(System.getProperty("pipelab.home", "")).toAbsolutePath();
    new Pipelab(
            new Invocation(
                environment,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                Terminal.none(),
                home,
                "rehearsal"))
        .run(command);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    byte[] answer =
        type != null && type.contains("cbor")
            ? new byte[] {(byte) 0xa0}
            : type != null && type.contains("x-www-form-urlencoded")
                ? xml(body).getBytes(StandardCharsets.UTF_8)
                : "{\"Count\":0}".getBytes(StandardCharsets.UTF_8);
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
    exchange.sendResponseHeaders(200, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  private static String xml(String request) {
    String action = request.replaceFirst("(?s).*Action=([A-Za-z]+).*", "$1");
    return "<"
        + action
        + "Response><"
        + action
        + "Result>"
        + members(action)
        + "</"
        + action
        + "Result></"
        + action
        + "Response>";
  }

  private static String members(String action) {
    if (action.equals("DescribeStacks")) {
      return "<Stacks><member><StackName>rehearsal</StackName><Tags><member><Key>pipelab:lab</Key>"
          + "<Value>decoupling</Value></member></Tags>"
          + "<StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>K</OutputKey>"
          + "<OutputValue>V</OutputValue></member></Outputs></member></Stacks>";
    }
    if (action.equals("ListStackResources")) {
      StringBuilder members = new StringBuilder("<StackResourceSummaries>");
      for (String type : TYPES) {
        members
            .append("<member><ResourceType>")
            .append(type)
            .append("</ResourceType><PhysicalResourceId>http://127.0.0.1/0/r</PhysicalResourceId>")
            .append("<ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>");
      }
      return members.append("</StackResourceSummaries>").toString();
    }
    return "";
  }
}
