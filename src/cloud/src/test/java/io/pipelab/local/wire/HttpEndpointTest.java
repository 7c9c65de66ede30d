package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;

class HttpEndpointTest {
  private final CountDownLatch polls = new CountDownLatch(100);
  private final CountDownLatch release = new CountDownLatch(1);
  private final TestGateway gateway =
      new TestGateway(
          List.of(new Echo()),
          TestGateway.service(
              "sqs",
              new Actions()
                  .on(
                      CreateQueueRequest.class,
                      request -> {
                        throw new IllegalStateException("a bug");
                      })
                  .on(
                      PurgeQueueRequest.class,
                      request -> {
                        throw AwsError.badRequest("QueueDoesNotExist", "not you");
                      })));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    gateway.close();
  }

  /** Accepts what is below /echo, streams it back; /echo/wait blocks as a long poll does. */
  private final class Echo implements HttpEndpoint {
    @Override
    public boolean accepts(HttpCall call) {
      return call.rawPath().startsWith("/echo");
    }

    @Override
    public void handle(HttpCall call) throws IOException {
      if (call.rawPath().equals("/echo/wait")) {
        polls.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        call.respond(204, Map.of(), new byte[0]);
      } else if (call.rawPath().equals("/echo/refuse")) {
        throw AwsError.accessDenied("AccessDenied", "no");
      } else {
        long length = Long.parseLong(String.valueOf(call.header("content-LENGTH")));
        Map<String, String> headers =
            Map.of(
                "X-Path", call.rawPath(),
                "X-Query", String.valueOf(call.rawQuery()),
                "X-Service", String.valueOf(call.signingName()));
        try (OutputStream out = call.respond(200, headers, length)) {
          call.body().transferTo(out);
        }
      }
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.endpoint() + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void endpointsComeFirstAndSeeTheRequestAsItWasSent() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/echo/a%2Fb//..%2e?x=%20&X-Amz-Credential=K%2F20310506%2Fus-east-1%2Fs3%2Faws4_request")
                .PUT(HttpRequest.BodyPublishers.ofString("hello"))
                .build());
    assertEquals("hello", answer.body());
    assertEquals("/echo/a%2Fb//..%2e", answer.headers().firstValue("X-Path").orElse(""));
    assertTrue(answer.headers().firstValue("X-Query").orElse("").startsWith("x=%20&"));
    assertEquals("s3", answer.headers().firstValue("X-Service").orElse(""));
    assertEquals("5", answer.headers().firstValue("Content-Length").orElse(""));
    assertFalse(answer.headers().firstValue("x-amzn-RequestId").isEmpty());
  }

  @Test
  void anEndpointsErrorsAreAnswered() throws Exception {
    HttpResponse<String> answer = send(to("/echo/refuse").build());
    assertEquals(403, answer.statusCode());
    assertEquals("AccessDenied", answer.headers().firstValue("x-amzn-ErrorType").orElse(""));
  }

  @Test
  void aHundredLongPollsLeaveRoomForOthers() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting =
        Collections.nCopies(100, to("/echo/wait").build()).stream()
            .map(each -> http.sendAsync(each, HttpResponse.BodyHandlers.ofString()))
            .toList();
    polls.await();
    assertEquals(400, gateway.query("sqs", "Action=PurgeQueue&Version=2012-11-05").statusCode());
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> each : waiting) {
      assertEquals(204, each.get().statusCode());
    }
  }

  @Test
  void closingCutsOffCallsThatWait() throws Exception {
    for (int i = 0; i < 100; i++) {
      var unused = http.sendAsync(to("/echo/wait").build(), HttpResponse.BodyHandlers.ofString());
    }
    polls.await();
    org.junit.jupiter.api.Assertions.assertTimeout(
        java.time.Duration.ofSeconds(20), gateway::close);
  }

  @Test
  void aBugIsAnInternalFailure() throws Exception {
    HttpResponse<String> answer =
        gateway.query("sqs", "Action=CreateQueue&Version=2012-11-05&QueueName=q");
    assertEquals(500, answer.statusCode());
    assertTrue(answer.body().contains("<Code>InternalFailure</Code>"), answer.body());
    assertTrue(answer.body().contains("a bug"), answer.body());
  }

  @Test
  void tooLargeRequestsAreRefused() throws Exception {
    HttpResponse<String> answer =
        gateway.query("sqs", "Action=PurgeQueue&x=" + "y".repeat(11 << 20));
    assertEquals(413, answer.statusCode());
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        boolean answers = connects(new InetSocketAddress(address, gateway.endpoint().getPort()));
        assertEquals(address.getHostAddress().equals("127.0.0.1"), answers, address.toString());
      }
    }
  }

  private static boolean connects(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, 2000);
      return true;
    } catch (java.net.ConnectException e) {
      return false;
    }
  }
}
