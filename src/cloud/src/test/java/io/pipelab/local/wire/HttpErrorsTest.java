package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ManualClock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;

/** Whatever is sent, the answer is the caller's mistake, and no HTML. */
class HttpErrorsTest {
  private static final String AUTHORIZED =
      "Host: 127.0.0.1\r\n"
          + "Authorization: AWS4-HMAC-SHA256 Credential=k/20310506/us-east-1/sqs/aws4_request\r\n";
  private static final String LONG = "{70,000 times a}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "\0\1\2\r\n\r\n",
        "GET / HTTP/7.3\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /?%zz=%u0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET http://[::1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + LONG + "\r\n\r\n",
        "GET /" + LONG + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: many\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -4\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "GET /?X-Amz-Credential=%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /?Action=%zz HTTP/1.1\r\n" + AUTHORIZED + "\r\n",
        "GET /?Action=CreateQueue&%zz HTTP/1.1\r\n" + AUTHORIZED + "\r\n",
        "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      })
  void isTheCallersMistakeAndNoHtml(String request) throws Exception {
    HttpEndpoint careless =
        new HttpEndpoint() {
          @Override
          public boolean accepts(HttpCall call) {
            return call.rawPath().equals("/echo");
          }

          @Override
          public void handle(HttpCall call) {
            Percent.decode("%zz");
          }
        };
    var sqs =
        TestGateway.service(
            "sqs",
            new Actions()
                .on(
                    CreateQueueRequest.class,
                    each -> CreateQueueResponse.builder().queueUrl("made").build()));
    try (LoopbackGateway gateway =
            new LoopbackGateway().serve(new ManualClock(), List.of(careless), call -> {}, sqs);
        RawCall caller = new RawCall(gateway.endpoint())) {
      String answer = caller.send(request.replace(LONG, "a".repeat(70_000))).answer();
      assertTrue(answer.matches("(?s)HTTP/1\\.[01] (4\\d\\d|505) .*"), answer);
      assertFalse(answer.toLowerCase(Locale.ROOT).contains("html"), answer);
      assertFalse(answer.contains("java"), answer);
      assertTrue(answer.contains("essage"), answer);
    }
  }
}
