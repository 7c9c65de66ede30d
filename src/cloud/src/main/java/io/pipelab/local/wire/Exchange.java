package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.ServiceRoutes;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange over Jetty. */
final class Exchange implements HttpCall {
  /** How long a connection is tried that nobody answers (tcp(7), tcp_syn_retries). */
  private static final int SILENCE_SECONDS = 127;

  private final Executor server;
  private final Request request;
  private final Response response;
  private final @Nullable Signature signature;
  private final Authenticator authenticator;
  private @Nullable Caller caller;
  private byte @Nullable [] received;
  private final List<Body> bodies = new ArrayList<>();
  private @Nullable AwsError malformed;
  private @Nullable Arrival arrival;
  private @Nullable InputStream opened;
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private boolean answered;

  Exchange(Request request, Response response, Authenticator authenticator, Executor server) {
    this.server = server;
    this.request = request;
    this.response = response;
    Signature read = null;
    try {
      read =
          Signature.of(
              request.getHeaders().get(HttpHeader.AUTHORIZATION), request.getHttpURI().getQuery());
    } catch (AwsError malformed) {
      this.malformed = malformed;
    }
    this.signature = read;
    this.authenticator = authenticator;
  }

  /** Why the request's head cannot be read, else null. */
  @Nullable AwsError malformed() {
    return malformed;
  }

  void malformed(AwsError why) {
    malformed = why;
  }

  /** Notes the body as it was sent, which the signature is for. */
  void received(byte[] body) {
    received = body;
  }

  /** The caller once it is known who that is. */
  Caller knownCaller() {
    return caller == null ? new Caller.Anonymous() : caller;
  }

  @Nullable Signature signature() {
    return signature;
  }

  /** Waits, without a thread, until the whole body is kept in {@code body}. */
  CompletableFuture<Void> arriving(Body body, Duration patience) {
    bodies.add(body);
    arrival = new Arrival(request, body, patience, server);
    return arrival.start();
  }

  /** Keeps a body until the exchange ends. */
  <B extends Body> B keep(B body) {
    bodies.add(body);
    return body;
  }

  /** Completes when the answer is on its way. */
  CompletableFuture<Void> written() {
    return written;
  }

  /** Lets go of what the call held. */
  void release() {
    bodies.forEach(Body::close);
  }

  /** Whether the connection must end with the answer: somebody still waits for the body's rest. */
  boolean cutOff() {
    return arrival != null && arrival.late();
  }

  /**
   * What comes of a wait, on a thread of the server's when it comes later. The wait is cancelled
   * when the caller goes away before.
   */
  <T> CompletableFuture<T> awaiting(CompletableFuture<T> wait) {
    if (wait.isDone()) {
      return wait;
    }
    request.addIdleTimeoutListener(timeout -> false);
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    CallerWatch watch = CallerWatch.start((AbstractEndPoint) connection, () -> wait.cancel(false));
    return wait.whenComplete((result, failure) -> watch.stop())
        .whenCompleteAsync((result, failure) -> {}, server);
  }

  /** By which way the call came. */
  ServiceRoutes.Way way(CallerNetwork network, String service) {
    return network.way(request.getConnectionMetaData(), service);
  }

  /**
   * Answers nothing, as if the packets were lost: until the caller goes away, or Linux would have
   * given the connection up. No thread waits.
   */
  CompletableFuture<?> unheard() {
    CompletableFuture<Void> silence = new CompletableFuture<>();
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> {
              if (!silence.isDone()) {
                connection.close();
                silence.cancel(false);
              }
            },
            SILENCE_SECONDS,
            TimeUnit.SECONDS);
    return awaiting(silence);
  }

  /** Whether the answer has begun. */
  boolean answered() {
    return answered;
  }

  int status() {
    return response.getStatus();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    return request.getHttpURI().getPath();
  }

  @Override
  public @Nullable String rawQuery() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName(), name -> new ArrayList<>())
          .add(Objects.requireNonNullElse(field.getValue(), ""));
    }
    return headers;
  }

  @Override
  public @Nullable String signingName() {
    return signature == null ? null : signature.service();
  }

  @Override
  public Caller caller() {
    if (caller == null) {
      caller = authenticator.caller(this, signature, received);
    }
    return caller;
  }

  @Override
  public @Nullable ChunkSignatures chunkSignatures() {
    return signature == null ? null : authenticator.chunks(this, signature);
  }

  @Override
  public InputStream body() {
    if (opened == null) {
      try {
        opened = bodies.isEmpty() ? InputStream.nullInputStream() : bodies.get(0).open();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return opened;
  }

  @Override
  public void answerWith(String name, String value) {
    response.getHeaders().put(name, value);
  }

  @Override
  public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
    begin(status, headers);
    whole(body);
  }

  @Override
  public void respondEach(int status, Map<String, List<String>> headers, byte[] body)
      throws IOException {
    begin(status, Map.of());
    headers.forEach(
        (name, values) -> {
          response.getHeaders().remove(name);
          values.forEach(value -> response.getHeaders().add(name, value));
        });
    whole(body);
  }

  /** Sends an answer; it is not waited for here until a slow caller has read it. */
  private void whole(byte[] body) {
    if (arrival == null || !arrival.whole()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (method().equals("HEAD") && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    Callback.Completable sent = new Callback.Completable();
    written = sent;
    response.write(true, ByteBuffer.wrap(body), sent);
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers, long length)
      throws IOException {
    begin(status, headers);
    if (length >= 0) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    }
    return new FilterOutputStream(Content.Sink.asOutputStream(response)) {
      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        out.write(bytes, offset, count);
      }
    };
  }

  private void begin(int status, Map<String, String> headers) {
    if (answered) {
      throw new IllegalStateException("answered twice: " + method() + " " + rawPath());
    }
    answered = true;
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
  }
}
