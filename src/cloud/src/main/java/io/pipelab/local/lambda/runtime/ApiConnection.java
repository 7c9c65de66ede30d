package io.pipelab.local.lambda.runtime;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The one connection to the Runtime API, kept for the process's life: as much of HTTP/1.1 as that
 * API speaks. The JDK's own clients load some hundred classes before the first event.
 */
final class ApiConnection {
  private final String authority;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param authority host and port
   */
  ApiConnection(String authority) throws IOException {
    this.authority = authority;
    int colon = authority.lastIndexOf(':');
    this.socket = new Socket(java.net.Proxy.NO_PROXY);
    socket.setTcpNoDelay(true);
    socket.connect(
        new InetSocketAddress(
            authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1))));
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    /** A header that must be there. */
    String header(String name) throws IOException {
      String value = headers.get(name.toLowerCase(Locale.ROOT));
      if (value == null) {
        throw new IOException("the Runtime API sent no " + name);
      }
      return value;
    }
  }

  /**
   * Calls and waits for the answer, as long as it takes.
   *
   * @param headers lines that end with CR LF, or empty
   */
  Answer call(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, request, 0, bytes.length);
    System.arraycopy(body, 0, request, bytes.length, body.length);
    // In one piece, so that it is one packet.
    out.write(request);
    return answer();
  }

  private Answer answer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ") || status.length() < 12) {
      throw new IOException("the Runtime API answered " + status);
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    if (headers.containsKey("transfer-encoding")) {
      throw new IOException("the Runtime API answered in chunks");
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the Runtime API ended its answer early");
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("the Runtime API closed the connection");
      }
      line.append((char) next);
      next = in.read();
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
