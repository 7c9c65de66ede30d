package io.pipelab.target;

import io.pipelab.target.AnswerBody.Framing;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** One connection of {@link LoopbackHttp}: a request at a time, as RFC 9112 has it. */
final class LoopbackConnection {
  /** Answers up to here are read at once, so that the next call can have the connection. */
  private static final int SMALL_BODY = 256 << 10;

  private static final int BUFFER = 16 << 10;
  private static final int MOST_HEAD_BYTES = 64 << 10;

  private final String authority;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<LoopbackConnection> whenFree;
  private long freeSince;
  private @Nullable Object user;
  private boolean reusable = true;

  private LoopbackConnection(String authority, Socket socket, Consumer<LoopbackConnection> whenFree)
      throws IOException {
    this.authority = authority;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    this.whenFree = whenFree;
  }

  /**
   * Connects.
   *
   * @param whenFree is given the connection each time that an answer was read to its end
   */
  static LoopbackConnection to(
      URI endpoint,
      Duration connectTime,
      Duration answerTime,
      Consumer<LoopbackConnection> whenFree)
      throws IOException {
    Socket socket = new Socket();
    boolean connected = false;
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) answerTime.toMillis());
      socket.connect(
          new InetSocketAddress(endpoint.getHost(), endpoint.getPort()),
          (int) connectTime.toMillis());
      LoopbackConnection connection =
          new LoopbackConnection(endpoint.getRawAuthority(), socket, whenFree);
      connected = true;
      return connection;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }

  /** Whether it leads there, and the other side has hardly ended it. */
  boolean canServe(URI endpoint, long now, long mostIdleNanos) {
    return authority.equals(endpoint.getRawAuthority()) && now - freeSince < mostIdleNanos;
  }

  /** Gives it to a call, until the answer was read to its end. */
  synchronized void use(Object call) {
    user = call;
  }

  /** Sends a request; a small one goes out as one packet. */
  void send(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest head = request.httpRequest();
    String query = head.encodedQueryParameters().map(text -> "?" + text).orElse("");
    String path = head.encodedPath().isEmpty() ? "/" : head.encodedPath();
    StringBuilder text = new StringBuilder(1024);
    text.append(head.method()).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    if (head.firstMatchingHeader("Host").isEmpty()) {
      text.append("Host: ").append(authority).append("\r\n");
    }
    head.forEachHeader((name, values) -> values.forEach(value -> line(text, name, value)));
    try (InputStream body = body(request)) {
      InputStream sent = body;
      if (head.firstMatchingHeader("Content-Length").isEmpty()) {
        byte[] whole = body.readAllBytes();
        line(text, "Content-Length", Integer.toString(whole.length));
        sent = new ByteArrayInputStream(whole);
      }
      out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      sent.transferTo(out);
      out.flush();
    }
  }

  private static InputStream body(HttpExecuteRequest request) {
    return request
        .contentStreamProvider()
        .map(ContentStreamProvider::newStream)
        .orElseGet(InputStream::nullInputStream);
  }

  /** A line break in a value would be a header of its own. */
  private static void line(StringBuilder text, String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the header " + name + " holds a line break");
    }
    text.append(name).append(": ").append(value).append("\r\n");
  }

  /** Reads the head of the answer, behind what is only said on the way to it. */
  SdkHttpFullResponse.Builder head() throws IOException {
    SdkHttpFullResponse.Builder head = oneHead();
    while (head.statusCode() / 100 == 1) {
      head = oneHead();
    }
    return head;
  }

  private SdkHttpFullResponse.Builder oneHead() throws IOException {
    String status = line();
    if (!status.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
      throw new IOException("the answer is not HTTP: " + status);
    }
    SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder();
    head.statusCode(Integer.parseInt(status.substring(9, 12)));
    head.statusText(status.length() > 13 ? status.substring(13) : "");
    int read = status.length();
    for (String line = line(); !line.isEmpty(); line = line()) {
      read += line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || read > MOST_HEAD_BYTES) {
        throw new IOException("the answer's head is not HTTP");
      }
      head.appendHeader(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    return head;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (line.size() == MOST_HEAD_BYTES) {
        throw new IOException("a line of the answer's head is too long");
      }
      line.write(each);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** The answer's body; at its end the connection is free again. */
  InputStream body(SdkHttpMethod method, SdkHttpFullResponse.Builder head) throws IOException {
    reusable = !head.firstMatchingHeader("Connection").orElse("").equalsIgnoreCase("close");
    int status = head.statusCode();
    long length =
        method == SdkHttpMethod.HEAD || status == 204 || status == 304
            ? 0
            : length(head.firstMatchingHeader("Content-Length").orElse("-1"));
    if (length >= 0 && length <= SMALL_BODY) {
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw new EOFException("the connection ended before the answer did");
      }
      free();
      return new ByteArrayInputStream(bytes);
    }
    String coding = head.firstMatchingHeader("Transfer-Encoding").orElse("");
    if (length < 0 && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      return new AnswerBody(in, Framing.CHUNKS, 0, this::free, this::close);
    }
    reusable = reusable && length >= 0;
    Framing framing = length < 0 ? Framing.END_OF_CONNECTION : Framing.LENGTH;
    return new AnswerBody(in, framing, length, this::free, this::close);
  }

  private static long length(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("the answer's length is not a number: " + text, e);
    }
  }

  private void free() {
    synchronized (this) {
      user = null;
      freeSince = System.nanoTime();
    }
    if (reusable) {
      whenFree.accept(this);
    } else {
      close();
    }
  }

  /** Ends it, unless the call's answer is there and another call may have it. */
  synchronized void abort(Object call) {
    if (user == call) {
      close();
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
