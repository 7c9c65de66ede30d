package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.door.RawHttp;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.WebVisit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;

/** The gateway's door: which requests reach an action, and which an endpoint for web pages. */
class DoorTest {
  private static final String SIGNED =
      "?X-Amz-Credential=x%2F20260101%2Fus-east-1%2Fsns%2Faws4_request";

  private final AtomicInteger calls = new AtomicInteger();
  private final TestGateway gateway =
      new TestGateway(
          List.of(new Pages()),
          TestGateway.service(
              "sns",
              new Actions()
                  .on(
                      ListTopicsRequest.class,
                      request -> {
                        calls.incrementAndGet();
                        return ListTopicsResponse.builder().build();
                      })));

  /** An endpoint that one foreign origin may call. */
  private final class Pages implements HttpEndpoint {
    @Override
    public boolean accepts(HttpCall call) {
      return call.rawPath().startsWith("/page");
    }

    @Override
    public boolean admits(HttpCall call, WebVisit visit) {
      return accepts(call)
          && (!(visit instanceof WebVisit.Stranger stranger)
              || stranger.origin().equals("https://friend.example"));
    }

    @Override
    public void handle(HttpCall call) throws IOException {
      calls.incrementAndGet();
      call.respond(200, Map.of(), new byte[0]);
    }
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private String here() {
    return "127.0.0.1:" + gateway.endpoint().getPort();
  }

  private RawHttp action(String headers) throws IOException {
    return RawHttp.send(
        gateway.endpoint(),
        "POST /"
            + SIGNED
            + " HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n"
            + headers,
        "Action=ListTopics&Version=2010-03-31");
  }

  private RawHttp page(String headers) throws IOException {
    return RawHttp.send(
        gateway.endpoint(), "GET /page HTTP/1.1\nHost: " + here() + "\n" + headers, "");
  }

  private void assertRefused(RawHttp answer) {
    assertEquals(403, answer.status(), answer.toString());
    assertEquals(0, calls.get(), "something behind the door saw the request");
    assertFalse(answer.head().toLowerCase(Locale.ROOT).contains("access-control"), answer.head());
    assertFalse(answer.toString().toLowerCase(Locale.ROOT).contains("html"), answer.toString());
  }

  @Test
  void programsAreLetIn() throws IOException {
    assertEquals(200, action("Host: " + here()).status());
    assertEquals(200, action("Host: localhost.:1\nSec-Fetch-Mode: cors").status());
    assertEquals(2, calls.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:4566\nX-Forwarded-Host: localhost",
        "Host: localhost.evil.example",
        "Host: 10.0.0.1"
      })
  void reboundNamesAreRefused(String headers) throws IOException {
    RawHttp answer = action(headers);
    assertRefused(answer);
    assertTrue(answer.body().contains("<Code>AccessDenied</Code>"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin:",
        "Origin: http://127.0.0.1:1",
        "Origin: http://localhost:4566",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: other",
        "Origin: https://friend.example"
      })
  void actionsAreForNoBrowser(String headers) throws IOException {
    assertRefused(action("Host: " + here() + "\n" + headers));
  }

  @Test
  void notEvenForPagesOfTheCloudItself() throws IOException {
    // What an API or a bucket serves is of the cloud's address, and anybody may have written it.
    assertRefused(action("Host: %s\nOrigin: http://%s".formatted(here(), here())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: https://friend.example\nOrigin: https://evil.example",
        "Sec-Fetch-Site: none\nSec-Fetch-Site: cross-site",
        "Origin: https://friend.example.evil.example",
        "Origin: null"
      })
  void endpointsForPagesRefuseStrangers(String headers) throws IOException {
    assertRefused(page(headers));
  }

  @Test
  void endpointsForPagesLetTheirOwnAndTheirFriendsIn() throws IOException {
    assertEquals(200, page("Origin: https://friend.example\nSec-Fetch-Site: cross-site").status());
    assertEquals(200, page("Origin: http://" + here()).status());
    assertEquals(200, page("Sec-Fetch-Site: same-origin").status());
    assertEquals(200, page("Sec-Fetch-Site: none").status());
    assertEquals(4, calls.get());
  }

  @Test
  void aPageOfTheCloudThatCameByAStrangerIsRefused() throws IOException {
    assertRefused(page("Sec-Fetch-Site: cross-site\nOrigin: http://" + here()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://evil.example/page HTTP/1.1\nHost: evil.example",
        "GET http://127.0.0.1@evil.example/page HTTP/1.1\nHost: evil.example",
        "GET /page HTTP/1.0"
      })
  void oddWaysToNameTheHostAreRefused(String head) throws IOException {
    assertRefused(RawHttp.send(gateway.endpoint(), head, ""));
  }

  /** The server itself refuses these as malformed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /page HTTP/1.1",
        "GET /page HTTP/1.1\nHost: localhost\nHost: evil.example",
        "GET /page HTTP/1.1\nHost: a@b@c",
        "GET http://evil.example/page HTTP/1.1\nHost: localhost",
        "GET http://localhost/page HTTP/1.1\nHost: evil.example",
        "GET http://user@localhost/page HTTP/1.1\nHost: localhost",
      })
  void malformedOnesNeverReachAnybody(String head) throws IOException {
    RawHttp answer = RawHttp.send(gateway.endpoint(), head, "");
    assertTrue(answer.status() == 400 || answer.status() == 403, answer.toString());
    assertFalse(answer.toString().toLowerCase(Locale.ROOT).contains("html"), answer.toString());
    assertEquals(0, calls.get());
  }
}
