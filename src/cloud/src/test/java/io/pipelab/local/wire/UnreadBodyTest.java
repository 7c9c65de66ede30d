package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An answer that comes before the whole request does not cost the caller its connection. */
class UnreadBodyTest {
  @Test
  void theNextRequestOnTheConnectionIsAnswered() throws Exception {
    HttpEndpoint refusing =
        new HttpEndpoint() {
          @Override
          public boolean accepts(HttpCall call) {
            return true;
          }

          @Override
          public void handle(HttpCall call) throws IOException {
            call.respond(416, Map.of(), new byte[0]);
          }
        };
    try (LoopbackGateway gateway =
            new LoopbackGateway().serve(new ManualClock(), List.of(refusing), call -> {});
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), gateway.endpoint().getPort())) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 3; i++) {
        out.write(ascii("PATCH / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n"));
        out.flush();
        letItAnswer(socket.getInputStream());
        out.write(ascii("lay"));
        out.flush();
        assertEquals("HTTP/1.1 416", head(socket.getInputStream()));
      }
    }
  }

  /** Gives the handler, which has nothing to read yet, the time for an answer that is too early. */
  private static void letItAnswer(InputStream in) throws Exception {
    long end = System.nanoTime() + 100_000_000;
    while (in.available() == 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** The status line of an answer without body, which is read to its end. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "the connection is closed";
      }
      head.append((char) next);
    }
    return head.substring(0, 12);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
