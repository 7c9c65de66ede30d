package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CORSRule;

/**
 * A page of a stranger in a real browser, which tries to get in by fetch, form, image and a name
 * that it points at this machine, and one that a bucket's CORS configuration lets in.
 */
class BrowserIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** Each makes a topic of its own name when it gets in; what it could read it tells. */
  private static final String PAGE =
      """
      <!doctype html><title>a stranger</title><body><script>
      const action = (host, name) => `http://${host}:PORT/?Action=CreateTopic&Version=2010-03-31`
          + `&Name=${name}&X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fsns%2Faws4_request`;
      const text = {method: 'POST', headers: {'Content-Type': 'text/plain'}, body: ''};
      const told = {};
      const attempt = async (name, run) => {
        try { told[name] = await run(); } catch (e) { told[name] = 'refused'; }
      };
      const loaded = (make) => new Promise(done => {
        const element = make();
        element.onload = element.onerror = () => done('sent');
        document.body.append(element);
      });
      const form = (method, host, name) => loaded(() => {
        const frame = document.createElement('iframe');
        frame.name = name;
        queueMicrotask(() => {
          const form = document.createElement('form');
          form.method = method;
          form.target = name;
          form.action = action(host, name);
          for (const [key, value] of new URL(form.action).searchParams) {
            const input = document.createElement('input');
            input.name = key; input.value = value; form.append(input);
          }
          document.body.append(form);
          form.submit();
        });
        return frame;
      });
      (async () => {
        for (const host of ['127.0.0.1', 'localhost', 'evil.example']) {
          const short = host.replaceAll('.', '');
          await attempt('cors-' + short, async () =>
              (await fetch(action(host, 'cors-' + short), text)).status);
          await attempt('blind-' + short, async () =>
              (await fetch(action(host, 'blind-' + short), {...text, mode: 'no-cors'})).type);
          await attempt('get-' + short, async () =>
              (await fetch(action(host, 'get-' + short), {mode: 'no-cors'})).type);
          await attempt('image-' + short, () => loaded(() => {
            const image = new Image(); image.src = action(host, 'image-' + short); return image;
          }));
          await attempt('post-' + short, () => form('post', host, 'post-' + short));
          await attempt('form-' + short, () => form('get', host, 'form-' + short));
        }
        const object = 'http://127.0.0.1:PORT/BUCKET/k?'
            + 'X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fs3%2Faws4_request';
        await attempt('open', async () =>
            (await fetch(object.replace('BUCKET', 'open-bucket'))).text());
        await attempt('shut', async () =>
            (await fetch(object.replace('BUCKET', 'shut-bucket'))).text());
        await attempt('put', async () => (await fetch(
            object.replace('BUCKET', 'open-bucket'), {method: 'PUT', body: 'forged'})).status);
        await fetch('/told', {method: 'POST', body: JSON.stringify(told)});
      })();
      </script>
      """;

  @TempDir Path folder;
  private TestCloud cloud;
  private HttpServer stranger;
  private Process browser;
  private final CompletableFuture<JsonNode> told = new CompletableFuture<>();

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "this machine has no " + CHROMIUM);
    cloud = new TestCloud(Files.createDirectories(folder.resolve("cloud")));
    stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext("/", this::answer);
    stranger.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      List<ProcessHandle> family =
          Stream.concat(browser.descendants(), Stream.of(browser.toHandle())).toList();
      family.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle each : family) {
        each.onExit().get(60, TimeUnit.SECONDS);
      }
    }
    if (stranger != null) {
      stranger.stop(0);
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String page = PAGE.replace("PORT", String.valueOf(cloud.endpoint.getPort()));
    boolean tells = exchange.getRequestURI().getPath().equals("/told");
    if (tells) {
      told.complete(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
    }
    byte[] body = (tells ? "" : page).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Opens the stranger's page under a name that leads to this machine, as both its names do. */
  private void browse(String origin) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
                "--host-resolver-rules=MAP *.example 127.0.0.1",
                "--user-data-dir=" + folder.resolve("profile"),
                "--remote-debugging-port=0",
                origin + "/")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile());
    // What it leaves anywhere else would stay.
    builder.environment().put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
    builder.environment().put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    browser = builder.start();
  }

  private void bucket(String name, String origin) {
    cloud.s3.createBucket(r -> r.bucket(name));
    cloud.s3.putObject(r -> r.bucket(name).key("k"), RequestBody.fromString("content"));
    CORSRule rule = CORSRule.builder().allowedOrigins(origin).allowedMethods("GET").build();
    cloud.s3.putBucketCors(r -> r.bucket(name).corsConfiguration(c -> c.corsRules(rule)));
  }

  @Test
  void aPageGetsInNowhereButWhereCorsLetsItIn() throws Exception {
    String origin = "http://page.example:" + stranger.getAddress().getPort();
    bucket("open-bucket", origin);
    bucket("shut-bucket", "http://other.example");
    browse(origin);
    JsonNode page = told.get(120, TimeUnit.SECONDS);

    assertEquals(List.of(), cloud.sns.listTopics().topics(), "the page ran actions: " + page);
    page.fields()
        .forEachRemaining(
            each ->
                assertTrue(
                    !each.getKey().startsWith("cors-")
                        || each.getValue().asText().equals("refused"),
                    "the page read an answer: " + each));
    assertEquals("content", page.path("open").asText(), page.toString());
    assertEquals("refused", page.path("shut").asText(), page.toString());
    assertEquals("refused", page.path("put").asText(), page.toString());
    assertEquals("opaque", page.path("blind-127001").asText(), "nothing was sent: " + page);
    assertEquals("sent", page.path("image-127001").asText(), page.toString());
  }
}
