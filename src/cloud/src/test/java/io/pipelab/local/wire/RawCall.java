package io.pipelab.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection to a gateway by which a test sends bytes as it likes, complete or not. */
final class RawCall implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  RawCall(URI gateway) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** The head of a POST that calls an SQS action by the Query protocol. */
  static String head(int bodyBytes) {
    return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "Authorization: AWS4-HMAC-SHA256 Credential=tester/20310506/us-east-1/sqs/aws4_request\r\n"
        + ("Content-Length: " + bodyBytes + "\r\n\r\n");
  }

  /** A whole POST of a form. */
  static String post(String form) {
    return head(form.length()) + form;
  }

  RawCall send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one answer, head and body; what there is when the connection ends first. */
  String answer() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    int bodyAt = -1;
    int length = 0;
    while (bodyAt < 0 || answer.length() < bodyAt + length) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      answer.append((char) next);
      if (bodyAt < 0 && answer.indexOf("\r\n\r\n", Math.max(0, answer.length() - 4)) >= 0) {
        bodyAt = answer.length();
        length = contentLength(answer.toString());
      }
    }
    return answer.toString();
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring("content-length:".length()).trim());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
