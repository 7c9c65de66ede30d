package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipelab.local.door.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;

/** Every port on which a cloud at work listens has the door, whatever opened it. */
class ListenersIT {
  private static final Path SELF = Path.of("/proc/self");
  private static final String LISTENING = "0A";

  @TempDir Path folder;

  @Test
  void noListenerIsWithoutTheDoor() throws Exception {
    assumeTrue(Files.isReadable(SELF.resolve("net/tcp")), "only Linux lists a process's sockets");
    Set<Integer> before = listening();
    try (TestCloud cloud = new TestCloud(folder)) {
      work(cloud);
      Set<Integer> ports = new TreeSet<>(listening());
      ports.removeAll(before);

      assertTrue(ports.contains(cloud.endpoint.getPort()), ports.toString());
      assertTrue(ports.size() >= 2, "the function's Runtime API listens, too: " + ports);
      for (int port : ports) {
        URI listener = URI.create("http://127.0.0.1:" + port);
        for (String stranger :
            List.of(
                "GET /2018-06-01/runtime/invocation/next HTTP/1.1\nHost: evil.example",
                "GET / HTTP/1.1\nHost: localhost:" + port + "\nOrigin: http://evil.example",
                "GET / HTTP/1.1\nHost: localhost:" + port + "\nSec-Fetch-Site: cross-site")) {
          RawHttp answer = RawHttp.send(listener, stranger, "");
          assertEquals(403, answer.status(), port + ": " + answer);
          assertTrue(answer.body().contains("does not answer"), port + ": " + answer);
          assertFalse(answer.body().contains("<html"), answer.body());
        }
      }
    }
  }

  /** Has every engine do something, so that it listens where it ever will. */
  private static void work(TestCloud cloud) throws Exception {
    String url = cloud.queue("q", Map.of());
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("x"));
    cloud.dynamoDb.createTable(
        r ->
            r.tableName("table")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))
                .keySchema(k -> k.attributeName("id").keyType("HASH")));
    String role = cloud.role("r", "AWSLambdaBasicExecutionRole");
    SdkBytes code =
        cloud.code("Echo", "public class Echo { public String handle(String in) { return in; } }");
    cloud.lambda.createFunction(
        r ->
            r.functionName("f")
                .runtime("java17")
                .handler("Echo::handle")
                .role(role)
                .code(c -> c.zipFile(code)));
    cloud.lambda.waiter().waitUntilFunctionActiveV2(r -> r.functionName("f"));
    assertEquals(
        "\"x\"",
        cloud
            .lambda
            .invoke(r -> r.functionName("f").payload(SdkBytes.fromUtf8String("\"x\"")))
            .payload()
            .asUtf8String());
  }

  /** The ports on which this process listens. */
  private static Set<Integer> listening() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          inodes.add(target.replaceFirst("^socket:\\[(\\d+)]$", "$1"));
        } catch (NoSuchFileException e) {
          assertFalse(Files.exists(file), "closed since it was listed");
        }
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(SELF.resolve(table))) {
        String[] fields = line.trim().split("\\s+");
        if (fields[3].equals(LISTENING) && inodes.contains(fields[9])) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }
}
