package io.pipelab.local.payload;

import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a front answers a client.
 *
 * @param headers each with all its values
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  /** One of the front's own answers: {@code {"message":"Not Found"}}. */
  public static HttpAnswer message(int status, String message) {
    return new HttpAnswer(
        status,
        Map.of("content-type", List.of("application/json")),
        ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  /** No route, no stage, no API. */
  public static HttpAnswer notFound() {
    return message(404, "Not Found");
  }

  /** The function failed, or returned what is no answer. */
  public static HttpAnswer internalError() {
    return message(500, "Internal Server Error");
  }

  /** The function did not answer in time. */
  public static HttpAnswer unavailable() {
    return message(503, "Service Unavailable");
  }

  /** The request is larger than the front takes. */
  public static HttpAnswer tooLarge() {
    return message(413, "Request Entity Too Large");
  }

  /** The same answer with other values of a header. */
  public HttpAnswer with(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(each -> each.equalsIgnoreCase(name));
    more.put(name, new ArrayList<>(values));
    return new HttpAnswer(status, more, body);
  }

  /** Answers a call with it. */
  public void respondTo(HttpCall call) {
    boolean bodiless = status == 204 || status == 304 || status < 200;
    try {
      call.respondEach(status, headers, bodiless ? new byte[0] : body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
