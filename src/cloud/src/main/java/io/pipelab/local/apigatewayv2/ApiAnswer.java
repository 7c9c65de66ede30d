package io.pipelab.local.apigatewayv2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the gateway answers a client.
 *
 * @param headers each with all its values
 */
record ApiAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  /** One of the gateway's own answers: {@code {"message":"Not Found"}}. */
  static ApiAnswer message(int status, String message) {
    return new ApiAnswer(
        status,
        Map.of("content-type", List.of("application/json")),
        ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  static ApiAnswer notFound() {
    return message(404, "Not Found");
  }

  static ApiAnswer internalError() {
    return message(500, "Internal Server Error");
  }

  static ApiAnswer unavailable() {
    return message(503, "Service Unavailable");
  }

  static ApiAnswer tooLarge() {
    return message(413, "Request Entity Too Large");
  }

  /** The same answer with other values of a header. */
  ApiAnswer with(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(each -> each.equalsIgnoreCase(name));
    more.put(name, new ArrayList<>(values));
    return new ApiAnswer(status, more, body);
  }
}
