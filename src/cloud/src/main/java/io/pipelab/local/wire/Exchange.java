package io.pipelab.local.wire;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Callers;
import io.pipelab.local.kernel.HttpCall;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange over Jetty. */
final class Exchange implements HttpCall {
  private static final long MOST_DRAINED = 16 << 20;

  private final Executor server;
  private final Request request;
  private final Response response;
  private final @Nullable Signature signature;
  private final Caller caller;
  private @Nullable InputStream body;
  private boolean answered;

  Exchange(Request request, Response response, Callers callers, Executor server) {
    this.server = server;
    this.request = request;
    this.response = response;
    this.signature =
        Signature.of(
            request.getHeaders().get(HttpHeader.AUTHORIZATION), request.getHttpURI().getQuery());
    this.caller = callers.byAccessKey(signature == null ? null : signature.accessKeyId());
  }

  @Nullable Signature signature() {
    return signature;
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
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.computeIfAbsent(field.getName(), name -> request.getHeaders().getValuesList(name));
    }
    return headers;
  }

  @Override
  public @Nullable String signingName() {
    return signature == null ? null : signature.service();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public InputStream body() {
    if (body == null) {
      body = Content.Source.asInputStream(request);
    }
    return body;
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

  private void whole(byte[] body) throws IOException {
    if (!drained()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (method().equals("HEAD") && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    Content.Sink.write(response, true, ByteBuffer.wrap(body));
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

  /**
   * Reads what the caller still sends. With something left in it the connection cannot be used
   * again, and would be closed without a word, under the caller's next request.
   */
  private boolean drained() {
    if (body == null && header("Expect") != null) {
      return false; // the caller waits to be asked for the body, which nobody wants
    }
    byte[] buffer = new byte[8 << 10];
    try {
      InputStream rest = body();
      long left = MOST_DRAINED;
      int count = rest.read(buffer);
      while (count >= 0 && left > 0) {
        left -= count;
        count = rest.read(buffer);
      }
      return count < 0;
    } catch (IOException e) {
      return false;
    }
  }
}
