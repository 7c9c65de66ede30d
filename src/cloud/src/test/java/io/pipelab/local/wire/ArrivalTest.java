package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;

/** Bodies that come slowly, not whole, or too many at once. */
@Timeout(300)
class ArrivalTest {
  private static final int THREADS = 8;
  private static final String FORM = "Action=CreateQueue&QueueName=q";

  /** Answers with the number of bytes that it got. */
  private static final class Counting implements HttpEndpoint {
    @Override
    public boolean accepts(HttpCall call) {
      return call.rawPath().equals("/count");
    }

    @Override
    public void handle(HttpCall call) throws IOException {
      call.respond(200, Map.of("X-Count", "" + call.body().readAllBytes().length), new byte[0]);
    }
  }

  private static LoopbackGateway gateway(Limits limits) {
    return new LoopbackGateway(limits)
        .serve(
            new ManualClock(),
            List.of(new Counting()),
            call -> {},
            TestGateway.service(
                "sqs",
                new Actions()
                    .on(
                        CreateQueueRequest.class,
                        request -> CreateQueueResponse.builder().queueUrl("made").build())));
  }

  private static String toEndpoint(int bodyBytes) {
    return "PUT /count HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
  }

  @Test
  void halfSentBodiesHoldNoThread() throws Exception {
    List<RawCall> callers = new ArrayList<>();
    try (LoopbackGateway gateway = gateway(TestLimits.threads(THREADS));
        RawCall other = new RawCall(gateway.endpoint())) {
      for (int i = 0; i < 350; i++) {
        String head = i % 2 == 0 ? RawCall.head(FORM.length()) : toEndpoint(FORM.length());
        callers.add(new RawCall(gateway.endpoint()).send(head + FORM.substring(0, 10)));
      }
      assertTrue(other.send(RawCall.post(FORM)).answer().contains("made"));
      for (int i = 0; i < callers.size(); i++) {
        String answer = callers.get(i).send(FORM.substring(10)).answer();
        assertTrue(answer.contains(i % 2 == 0 ? "made" : "X-Count: 30"), answer);
      }
    } finally {
      for (RawCall each : callers) {
        each.close();
      }
    }
  }

  @Test
  void whatDoesNotArriveInTimeIsRefusedAndCutOff() throws Exception {
    try (LoopbackGateway gateway = gateway(TestLimits.patience(Duration.ofMillis(50)))) {
      for (String head : List.of(RawCall.head(30), toEndpoint(30))) {
        try (RawCall caller = new RawCall(gateway.endpoint()).send(head + "Action=")) {
          String answer = caller.answer();
          assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
          assertTrue(answer.contains("RequestTimeout"), answer);
          assertTrue(answer.contains("Connection: close"), answer);
          assertEquals("", caller.answer());
        }
      }
    }
  }

  @Test
  void bodiesBeyondTheMemoryForThemAreRefusedUntilThereIsRoom() throws Exception {
    try (LoopbackGateway gateway = gateway(TestLimits.waitingBytes(100));
        RawCall other = new RawCall(gateway.endpoint())) {
      String refused = whileOneHolds(gateway, other);
      assertTrue(refused.startsWith("HTTP/1.1 503"), refused);
      assertTrue(refused.contains("<Code>ServiceUnavailable</Code>"), refused);
      answerOtherThan(other, "HTTP/1.1 503");
    }
  }

  /**
   * The answer to a call while another one holds most of the memory. Which of the two comes first
   * is open, and the later one is refused: if that was the one that was to hold, another is sent.
   */
  private static String whileOneHolds(LoopbackGateway gateway, RawCall other) throws IOException {
    while (true) {
      try (RawCall holding = new RawCall(gateway.endpoint())) {
        holding.send(RawCall.head(90) + "x".repeat(80));
        for (int i = 0; i < 100; i++) {
          String answer = other.send(RawCall.post(FORM)).answer();
          if (!answer.startsWith("HTTP/1.1 200")) {
            return answer;
          }
        }
      }
    }
  }

  @Test
  void anEndpointsBodyBeyondTheMemoryGoesToAFile() throws Exception {
    try (LoopbackGateway gateway = gateway(TestLimits.waitingBytes(100));
        RawCall caller = new RawCall(gateway.endpoint())) {
      for (int length : new int[] {0, 50, 101, 300_000}) {
        String answer = caller.send(toEndpoint(length) + "x".repeat(length)).answer();
        assertTrue(answer.contains("X-Count: " + length + "\r\n"), answer);
      }
    }
  }

  /** Calls until the answer is another: what one connection did shows on others a little later. */
  private static String answerOtherThan(RawCall caller, String start) throws IOException {
    String answer;
    do {
      answer = caller.send(RawCall.post(FORM)).answer();
    } while (answer.startsWith(start));
    return answer;
  }
}
