package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment's side of the Lambda Runtime API, version 2018-06-01. Who does not know
 * the environment's secret never gets here.
 */
final class RuntimeEndpoint implements AutoCloseable {
  /** The limit of a synchronous response, as Lambda's quotas page gives it. */
  static final int MAX_RESPONSE_BYTES = 6_291_556;

  private static final int KILLED = 137;
  private static final System.Logger LOG = System.getLogger(RuntimeEndpoint.class.getName());
  private static final String ROOT = "/2018-06-01/runtime/";

  /** The event that the process works on, until it has answered. */
  private record Running(Invocation invocation, CompletableFuture<Reply> reply) {}

  /** The process's question for an event, which is answered when there is one. */
  private record Poll(Response response, Callback callback) {}

  private final String address;
  private final Runnable onClose;
  private final CompletableFuture<Reply> start = new CompletableFuture<>();
  private CompletableFuture<Boolean> polled = new CompletableFuture<>();
  private @Nullable Poll poll;
  private @Nullable Running running;
  private @Nullable Integer exitCode;

  /**
   * @param address for {@code AWS_LAMBDA_RUNTIME_API}
   * @param onClose takes the endpoint out of its server
   */
  RuntimeEndpoint(String address, Runnable onClose) {
    this.address = address;
    this.onClose = onClose;
  }

  /** Host, port and the environment's secret, for {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return address;
  }

  /** How the process's start goes: ready, failed, or ended. */
  CompletableFuture<Reply> start() {
    return start;
  }

  /** True as soon as the process asks for an event, false when it ends instead. */
  synchronized CompletableFuture<Boolean> polled() {
    return polled;
  }

  /** Hands an event to the process, which asks for one: {@link #polled()} said so. */
  synchronized CompletableFuture<Reply> deliver(Invocation invocation, Duration timeout) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Poll asked = poll;
    if (asked == null) {
      // It ended, or it is being killed, since it asked.
      reply.complete(new Reply.Exited(exitCode == null ? KILLED : exitCode));
    } else {
      poll = null;
      polled = new CompletableFuture<>();
      running = new Running(invocation, reply);
      send(asked, invocation, timeout);
    }
    return reply;
  }

  private static void send(Poll poll, Invocation invocation, Duration timeout) {
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    HttpFields.Mutable headers = poll.response().getHeaders();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    send(poll.response(), poll.callback(), invocation.payload());
  }

  /** The process ended; whoever waits for it learns that. */
  void exited(int code) {
    CompletableFuture<Boolean> waitingForPoll;
    Running unanswered;
    synchronized (this) {
      exitCode = code;
      poll = null;
      waitingForPoll = polled.isDone() ? CompletableFuture.completedFuture(false) : polled;
      polled = waitingForPoll;
      unanswered = running;
      running = null;
    }
    waitingForPoll.complete(false);
    start.complete(new Reply.Exited(code));
    if (unanswered != null) {
      unanswered.reply().complete(new Reply.Exited(code));
    }
  }

  /**
   * Answers one call of the process.
   *
   * @param path what follows the environment's secret
   */
  void handle(String path, Request request, Response response, Callback callback)
      throws IOException {
    String asks = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
    String[] parts = asks.split("/", -1);
    if (asks.equals("invocation/next")) {
      next(response, callback);
    } else if (asks.equals("init/error")) {
      start.complete(new Reply.InitFailed(body(request), errorType(request)));
      accept(response, callback);
    } else if (parts.length == 3
        && parts[0].equals("invocation")
        && (parts[2].equals("response") || parts[2].equals("error"))) {
      finish(parts[1], parts[2].equals("error"), body(request), response, callback);
    } else {
      refuse(response, callback, 404, "NotImplemented", "the Runtime API has no " + path);
    }
  }

  private void next(Response response, Callback callback) {
    CompletableFuture<Boolean> asked;
    Poll before;
    synchronized (this) {
      if (running != null) {
        refuse(
            response,
            callback,
            403,
            "InvalidStateTransition",
            "the event " + running.invocation().requestId() + " is not answered");
        return;
      }
      before = poll;
      poll = new Poll(response, callback);
      asked = polled;
    }
    if (before != null) {
      refuse(before.response(), before.callback(), 403, "InvalidStateTransition", "asked again");
    }
    asked.complete(true);
    start.complete(new Reply.Ready());
  }

  private void finish(
      String requestId, boolean error, byte[] body, Response response, Callback callback) {
    Running answered = takeRunning(requestId);
    if (answered == null) {
      refuse(response, callback, 400, "InvalidRequestID", "Invalid request ID");
    } else if (body.length > MAX_RESPONSE_BYTES) {
      refuse(
          response,
          callback,
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size (" + MAX_RESPONSE_BYTES + " bytes).");
      answered.reply().complete(new Reply.TooLarge());
    } else {
      accept(response, callback);
      answered.reply().complete(error ? new Reply.Failed(body) : new Reply.Answer(body));
    }
  }

  /** The event of that id, which has its answer from now on; null when it is not running. */
  private synchronized @Nullable Running takeRunning(String requestId) {
    Running now = running;
    if (now == null || !now.invocation().requestId().equals(requestId)) {
      return null;
    }
    running = null;
    return now;
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

  /** Answers who is not let in. */
  static void refuse(Request request, Response response, Callback callback, AwsError why) {
    refuse(response, callback, why.status(), why.code(), why.getMessage());
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

  /** Forgets the environment: its secret opens nothing any more. */
  @Override
  public void close() {
    onClose.run();
    Poll left;
    synchronized (this) {
      left = poll;
      poll = null;
    }
    if (left != null) {
      refuse(left.response(), left.callback(), 403, "Forbidden", "the environment has ended");
    }
  }
}
