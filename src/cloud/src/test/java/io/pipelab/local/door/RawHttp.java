package io.pipelab.local.door;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests as no client library would send them. */
public record RawHttp(int status, String head, String body) {
  /**
   * Sends a request and reads the answer until the server closes.
   *
   * @param head request line and headers, a line each; {@code Connection: close} is added
   */
  public static RawHttp send(URI server, String head, String body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
      String lines = head.strip().replace("\n", "\r\n") + "\r\nConnection: close\r\n";
      String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
      socket
          .getOutputStream()
          .write((lines + length + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int cut = answer.indexOf("\r\n\r\n");
      return new RawHttp(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, Math.max(0, cut)),
          answer.substring(cut < 0 ? answer.length() : cut + 4));
    }
  }
}
