package io.pipelab.local.lambda.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One execution environment's side of the Lambda Runtime API, version 2018-06-01. */
final class RuntimeEndpoint implements AutoCloseable {
  /** The limit of a synchronous response, as Lambda's quotas page gives it. */
  static final int MAX_RESPONSE_BYTES = 6_291_556;

  private static final System.Logger LOG = System.getLogger(RuntimeEndpoint.class.getName());
  private static final String ROOT = "/2018-06-01/runtime/";

  private record Pending(Invocation invocation, Duration timeout) {}

  private record Waiting(Response response, Callback callback) {}

  private final ServerConnector connector;
  private final CompletableFuture<Reply> start = new CompletableFuture<>();
  private final Semaphore asked = new Semaphore(0);
  private CompletableFuture<Reply> current = start;
  private @Nullable Pending pending;
  private @Nullable Waiting waiting;

  RuntimeEndpoint(ServerConnector connector) {
    this.connector = connector;
  }

  /** Host and port, for {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + connector.getLocalPort();
  }

  /** How the process's start goes: ready, failed, or ended. */
  CompletableFuture<Reply> start() {
    return start;
  }

  /** Hands an event to the process; one at a time. */
  synchronized CompletableFuture<Reply> deliver(Invocation invocation, Duration timeout) {
    asked.drainPermits();
    current = new CompletableFuture<>();
    pending = new Pending(invocation, timeout);
    sendWhenAsked();
    return current;
  }

  /** Waits until the process asks for another event, or ends instead; false if it does neither. */
  boolean awaitNext(Duration limit) throws InterruptedException {
    return asked.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The process ended; whoever waits for it learns that. */
  void exited(int code) {
    asked.release();
    start.complete(new Reply.Exited(code));
    running().complete(new Reply.Exited(code));
  }

  private synchronized CompletableFuture<Reply> running() {
    return current;
  }

  void handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    String asks = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
    if (asks.equals("invocation/next")) {
      next(response, callback);
    } else if (asks.equals("init/error")) {
      start.complete(new Reply.InitFailed(body(request), errorType(request)));
      accept(response, callback);
    } else if (asks.matches("invocation/[^/]+/(response|error)")) {
      String[] parts = asks.split("/");
      finish(parts[1], parts[2].equals("error"), body(request), response, callback);
    } else {
      refuse(response, callback, 404, "NotImplemented", "the Runtime API has no " + path);
    }
  }

  private synchronized void next(Response response, Callback callback) {
    waiting = new Waiting(response, callback);
    sendWhenAsked();
    asked.release();
    start.complete(new Reply.Ready());
  }

  private synchronized void sendWhenAsked() {
    if (pending == null || waiting == null) {
      return;
    }
    Invocation invocation = pending.invocation();
    long deadline = System.currentTimeMillis() + pending.timeout().toMillis();
    Response response = waiting.response();
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    send(response, waiting.callback(), invocation.payload());
    pending = null;
    waiting = null;
  }

  private void finish(
      String requestId, boolean error, byte[] body, Response response, Callback callback) {
    CompletableFuture<Reply> reply = running();
    if (reply.isDone()) {
      refuse(response, callback, 400, "InvalidRequestID", requestId + " is not running");
    } else if (body.length > MAX_RESPONSE_BYTES) {
      refuse(response, callback, 413, "RequestEntityTooLarge", "the response is too large");
      reply.complete(new Reply.TooLarge());
    } else {
      accept(response, callback);
      reply.complete(error ? new Reply.Failed(body) : new Reply.Answer(body));
    }
  }

  /** The body, of which no more is kept than it takes to see that it is too long. */
  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_RESPONSE_BYTES + 1);
      in.transferTo(OutputStream.nullOutputStream());
      return body;
    }
  }

  private static String errorType(Request request) {
    String type = request.getHeaders().get("Lambda-Runtime-Function-Error-Type");
    return type == null ? "Runtime.Unknown" : type;
  }

  private static void accept(Response response, Callback callback) {
    answer(response, callback, 202, "{\"status\":\"OK\"}");
  }

  private static void refuse(
      Response response, Callback callback, int status, String type, String message) {
    LOG.log(Level.DEBUG, () -> type + ": " + message);
    byte[] error = Reports.error(type, message);
    answer(response, callback, status, new String(error, StandardCharsets.UTF_8));
  }

  private static void answer(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/json");
    send(response, callback, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(Response response, Callback callback, byte[] body) {
    response.getHeaders().put("Content-Length", body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  @Override
  public void close() {
    try {
      connector.stop();
    } catch (Exception e) { // Jetty declares no less
      LOG.log(Level.WARNING, "the Runtime API at " + address() + " did not stop cleanly", e);
    }
  }
}
