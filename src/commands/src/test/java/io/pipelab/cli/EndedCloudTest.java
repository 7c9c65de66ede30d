package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a dying cloud still says, the command tells that it has ended, and exits with 4. */
class EndedCloudTest {
  private static final byte[] REFUSAL =
      """
      <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>
      <Message>it is late</Message></Error></ErrorResponse>
      """
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private HttpServer door;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestMethod().equals("POST")) {
            process.destroyForcibly().onExit().join();
          }
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(403, REFUSAL.length);
          exchange.getResponseBody().write(REFUSAL);
          exchange.close();
        });
    door.start();
    Path state = Files.createDirectories(folder.resolve(".local/state/pipelab/local"));
    Files.writeString(
        state.resolve("cloud.json"),
        """
        {"pid": %d, "startedAt": "%s", "endpoint": "http://127.0.0.1:%d",
         "region": "us-east-1", "speed": 20, "version": "test"}
        """
            .formatted(
                process.pid(),
                process.toHandle().info().startInstant().orElseThrow(),
                door.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    door.stop(0);
    process.destroyForcibly().waitFor();
  }

  @Test
  void theEndOfTheCloudIsTheReason() {
    InProcess.Outcome outcome = new InProcess(folder).run("status", "decoupling");
    assertEquals(4, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains("has ended while this command used it"), outcome.err());
  }
}
