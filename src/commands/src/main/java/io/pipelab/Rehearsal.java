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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the quick commands once against a cloud that is only a few canned answers, so that the JVM
 * can write the classes they need into its class-data archive. Started by the launcher, never by a
 * user; touches nothing but the archive.
 */
public final class Rehearsal {
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
                "rehearsal",
                "pipelab"))
        .run(command);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    byte[] answer =
        type != null && type.contains("cbor")
            ? CannedAnswers.cbor()
            : type != null && type.contains("x-www-form-urlencoded")
                ? CannedAnswers.xml(new String(request, StandardCharsets.UTF_8))
                : CannedAnswers.json(
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")));
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
    exchange.sendResponseHeaders(200, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }
}
