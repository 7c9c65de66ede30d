package io.pipelab.target;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/**
 * HTTP/1.1 without encryption, proxies and redirects, which is all that the embedded cloud needs. A
 * call costs a tenth of what it costs by {@link java.net.HttpURLConnection}, which waits a
 * millisecond before each use of an open connection, and loads four hundred classes for the first.
 */
final class LoopbackHttp implements SdkHttpClient {
  /** The gateway ends a connection that was idle for two minutes. */
  private static final long MOST_IDLE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Duration connectTime;
  private final Duration answerTime;
  private final Deque<LoopbackConnection> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * A client.
   *
   * @param answerTime how long a call may be silent
   */
  LoopbackHttp(Duration connectTime, Duration answerTime) {
    this.connectTime = connectTime;
    this.answerTime = answerTime;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "Loopback";
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(LoopbackConnection::close);
    idle.clear();
  }

  private LoopbackConnection connection(URI endpoint) throws IOException {
    LoopbackConnection open = open(endpoint);
    return open != null
        ? open
        : LoopbackConnection.to(endpoint, connectTime, answerTime, this::takeBack);
  }

  /** The one that was used last: those that are not needed grow old. */
  private synchronized @Nullable LoopbackConnection open(URI endpoint) {
    long now = System.nanoTime();
    LoopbackConnection last = idle.pollFirst();
    while (last != null && !last.canServe(endpoint, now, MOST_IDLE_NANOS)) {
      last.close();
      last = idle.pollFirst();
    }
    return last;
  }

  private synchronized void takeBack(LoopbackConnection connection) {
    if (closed) {
      connection.close();
    } else {
      idle.addFirst(connection);
    }
  }

  /** One call; to abort it ends its connection. */
  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private @Nullable LoopbackConnection used;
    private boolean aborted;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      LoopbackConnection connection = use(connection(request.httpRequest().getUri()));
      boolean answered = false;
      try {
        connection.send(request);
        SdkHttpFullResponse.Builder head = connection.head();
        InputStream body = connection.body(request.httpRequest().method(), head);
        answered = true;
        return HttpExecuteResponse.builder()
            .response(head.build())
            .responseBody(AbortableInputStream.create(body, this::abort))
            .build();
      } finally {
        if (!answered) {
          connection.close();
        }
      }
    }

    private synchronized LoopbackConnection use(LoopbackConnection connection) throws IOException {
      used = connection;
      connection.use(this);
      if (aborted) {
        connection.close();
        throw new IOException("the call was aborted");
      }
      return connection;
    }

    @Override
    public synchronized void abort() {
      aborted = true;
      if (used != null) {
        used.abort(this);
      }
    }
  }
}
