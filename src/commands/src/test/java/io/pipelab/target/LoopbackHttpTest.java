package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

@Timeout(30)
final class LoopbackHttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final Server server = new Server();
  private final LoopbackHttp http = new LoopbackHttp(Duration.ofSeconds(2), Duration.ofSeconds(20));

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void requestIsSentAsTheSdkHasIt() throws Exception {
    server.answers(OK + "Content-Length: 0\r\n\r\n");
    call(
        request(SdkHttpMethod.POST, "body")
            .encodedPath("/a%2Fb/c")
            .putRawQueryParameter("x", "1&2")
            .putHeader("X-Two", List.of("one", "two")));
    assertEquals(
        "POST /a%2Fb/c?x=1%262 HTTP/1.1|Host: 127.0.0.1:PORT|X-Two: one|X-Two: two|Content-Length: 4||body",
        server.requests.get(0));
  }

  @Test
  void answerIsReadAndTheConnectionUsedAgain() throws Exception {
    String answer = OK + "Content-Length: 5\r\nX-Id:  a b \r\n\r\nhello";
    server.answers(answer, answer);
    HttpExecuteResponse response = call(request(SdkHttpMethod.GET, ""));
    assertEquals(200, response.httpResponse().statusCode());
    assertEquals("a b", response.httpResponse().firstMatchingHeader("x-id").orElseThrow());
    assertEquals("hello", text(response));
    assertEquals("hello", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals(1, server.connections());
  }

  @Test
  void errorsAndWhatHasNoBodyAreAnswers() throws Exception {
    server.answers(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
        OK + "Content-Length: 100\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        OK + "Content-Length: 0\r\n\r\n");
    HttpExecuteResponse refused = call(request(SdkHttpMethod.GET, ""));
    assertEquals(404, refused.httpResponse().statusCode());
    assertEquals("Not Found", refused.httpResponse().statusText().orElseThrow());
    assertEquals("no", text(refused));
    HttpExecuteResponse head = call(request(SdkHttpMethod.HEAD, ""));
    assertEquals("100", head.httpResponse().firstMatchingHeader("Content-Length").orElseThrow());
    assertEquals("", text(head));
    assertEquals("", text(call(request(SdkHttpMethod.DELETE, ""))));
    assertEquals("", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals(1, server.connections());
  }

  @Test
  void whatIsSaidOnTheWayIsNotTheAnswer() throws Exception {
    server.answers("HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok");
    assertEquals("ok", text(call(request(SdkHttpMethod.PUT, "x"))));
  }

  @Test
  void chunksAreOneBody() throws Exception {
    server.answers(
        OK
            + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\na;x=y\r\n, chunks!!\r\n0\r\nT: v\r\n\r\n",
        OK + "Content-Length: 2\r\n\r\nok");
    assertEquals("hello, chunks!!", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals("ok", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals(1, server.connections());
  }

  @Test
  void longBodyIsReadAsItComesAndFreesTheConnectionAtItsEnd() throws Exception {
    String body = "x".repeat(1 << 20);
    String answer = OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    server.answers(answer, answer, OK + "Content-Length: 2\r\n\r\nok");
    assertEquals(body, text(call(request(SdkHttpMethod.GET, ""))));
    HttpExecuteResponse cut = call(request(SdkHttpMethod.GET, ""));
    assertEquals('x', cut.responseBody().orElseThrow().read());
    assertEquals(1, server.connections());
    cut.responseBody().orElseThrow().close();
    assertEquals("ok", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals(2, server.connections());
  }

  @Test
  void connectionThatTheServerEndsIsNotUsedAgain() throws Exception {
    server.answers(
        OK + "Connection: close\r\nContent-Length: 2\r\n\r\nok",
        OK + "Content-Length: 2\r\n\r\nok");
    assertEquals("ok", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals("ok", text(call(request(SdkHttpMethod.GET, ""))));
    assertEquals(2, server.connections());
  }

  @Test
  void bodyMayEndWithTheConnection() throws Exception {
    server.answers("HTTP/1.0 200 OK\r\n\r\nall of it" + Server.END);
    assertEquals("all of it", text(call(request(SdkHttpMethod.GET, ""))));
  }

  @Test
  void whatIsCutOffOrNotHttpIsAnError() {
    server.answers(
        Server.END,
        OK + "Content-Le" + Server.END,
        OK + "Content-Length: 5\r\n\r\nhel" + Server.END,
        OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel" + Server.END,
        OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n0\r\n\r\n",
        OK + "Content-Length: many\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n");
    for (int i = 0; i < 7; i++) {
      assertThrows(IOException.class, () -> text(call(request(SdkHttpMethod.GET, ""))), "" + i);
    }
  }

  @Test
  void headerCannotSmuggleAnother() {
    server.answers(OK + "Content-Length: 0\r\n\r\n");
    assertThrows(
        IllegalArgumentException.class,
        () -> call(request(SdkHttpMethod.GET, "").putHeader("X", "a\r\nY: b")));
  }

  @Test
  void abortEndsACallThatWaitsAndNoOther() throws Exception {
    server.answers(OK + "Content-Length: 2\r\n\r\nok", Server.SILENT);
    ExecutableHttpRequest done = prepare(request(SdkHttpMethod.GET, ""));
    assertEquals("ok", text(done.call()));
    ExecutableHttpRequest waits = prepare(request(SdkHttpMethod.GET, ""));
    Thread other =
        new Thread(
            () -> {
              server.awaitRequests(2);
              done.abort();
              assertFalse(server.hasSeenAnEnd());
              waits.abort();
            });
    other.start();
    assertThrows(IOException.class, waits::call);
    other.join();
    assertEquals(1, server.connections());
  }

  @Test
  void silentServerIsATimeout() {
    server.answers(Server.SILENT);
    try (LoopbackHttp impatient = new LoopbackHttp(Duration.ofSeconds(2), Duration.ofMillis(50))) {
      SdkHttpFullRequest request = request(SdkHttpMethod.GET, "").build();
      assertThrows(
          java.net.SocketTimeoutException.class,
          () ->
              impatient
                  .prepareRequest(HttpExecuteRequest.builder().request(request).build())
                  .call());
    }
  }

  private SdkHttpFullRequest.Builder request(SdkHttpMethod method, String body) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(method)
            .uri(URI.create("http://127.0.0.1:" + server.port() + "/"));
    return body.isEmpty()
        ? request
        : request.contentStreamProvider(
            () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private ExecutableHttpRequest prepare(SdkHttpFullRequest.Builder builder) {
    SdkHttpFullRequest request = builder.build();
    return http.prepareRequest(
        HttpExecuteRequest.builder()
            .request(request)
            .contentStreamProvider(request.contentStreamProvider().orElse(null))
            .build());
  }

  private HttpExecuteResponse call(SdkHttpFullRequest.Builder request) throws IOException {
    return prepare(request).call();
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    try (InputStream body = response.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Gives canned answers, one a request, on as many connections as are made. */
  private static final class Server {
    /** At an answer's end: the connection ends with it. */
    static final String END = "\0";

    /** No answer. */
    static final String SILENT = "\1";

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Queue<String> answers = new ArrayDeque<>();
    private final ServerSocket listener;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore received = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    Server() {
      try {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread accepting = new Thread(this::accept);
      accepting.setDaemon(true);
      accepting.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    int connections() {
      return sockets.size();
    }

    boolean hasSeenAnEnd() {
      return end.getCount() == 0;
    }

    synchronized void answers(String... canned) {
      answers.addAll(Arrays.asList(canned));
    }

    void awaitRequests(int count) {
      received.acquireUninterruptibly(count);
    }

    private void accept() {
      while (!listener.isClosed()) {
        try {
          Socket socket = listener.accept();
          sockets.add(socket);
          Thread serving = new Thread(() -> serve(socket));
          serving.setDaemon(true);
          serving.start();
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String head = head(in); !head.isEmpty(); head = head(in)) {
          int at = head.indexOf("Content-Length: ") + 16;
          int length = Integer.parseInt(head.substring(at, head.indexOf('|', at)));
          String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
          requests.add((head + body).replace(":" + port(), ":PORT"));
          received.release();
          String answer = next();
          if (!answer.equals(SILENT)) {
            socket
                .getOutputStream()
                .write(answer.replace(END, "").getBytes(StandardCharsets.UTF_8));
          }
          if (answer.endsWith(END)) {
            return;
          }
        }
      } catch (IOException e) {
        // The client ended it.
      } finally {
        end.countDown();
      }
    }

    private synchronized String next() {
      return answers.remove();
    }

    private static String head(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      for (int each = in.read(); each >= 0; each = in.read()) {
        if (each != '\r') {
          head.append(each == '\n' ? '|' : (char) each);
        }
        if (head.length() > 1 && head.substring(head.length() - 2).equals("||")) {
          return head.toString();
        }
      }
      return "";
    }

    void close() throws IOException {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
