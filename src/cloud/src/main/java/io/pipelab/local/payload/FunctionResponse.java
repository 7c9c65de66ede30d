package io.pipelab.local.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what a function returned as an HTTP response, by the rules of its payload format. */
public final class FunctionResponse {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "upgrade", "date");

  /** A function's response that is none, and why. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }
  }

  private FunctionResponse() {}

  /**
   * Reads a response.
   *
   * @param format {@code 1.0} or {@code 2.0}: only in 2.0 a result without statusCode is a body
   * @throws Malformed when it is not a response of that format
   */
  public static HttpAnswer read(byte[] payload, String format) throws Malformed {
    JsonNode result = tree(payload);
    boolean second = format.equals("2.0");
    if (second && !result.has("statusCode")) {
      return new HttpAnswer(200, Map.of("content-type", List.of("application/json")), payload);
    }
    if (!result.isObject()) {
      throw new Malformed("It is not a JSON object");
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    single(result.path("headers"), headers);
    if (second) {
      cookies(result.path("cookies"), headers);
    } else {
      multiple(result.path("multiValueHeaders"), headers);
    }
    headers.keySet().removeIf(name -> OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
    byte[] body = body(result);
    if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("content-type"))
        && body.length > 0) {
      headers.put("content-type", List.of("text/plain; charset=utf-8"));
    }
    return new HttpAnswer(status(result.path("statusCode")), headers, body);
  }

  private static JsonNode tree(byte[] payload) throws Malformed {
    try {
      JsonNode tree = JSON.readTree(payload);
      return tree.isMissingNode() ? JSON.nullNode() : tree;
    } catch (JsonProcessingException e) {
      throw new Malformed("It is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  private static int status(JsonNode status) throws Malformed {
    String text = status.asText();
    if (!text.matches("[1-5]\\d\\d")) {
      throw wrongType("statusCode");
    }
    return Integer.parseInt(text);
  }

  private static void single(JsonNode given, Map<String, List<String>> headers) throws Malformed {
    if (given.isMissingNode() || given.isNull()) {
      return;
    }
    if (!given.isObject()) {
      throw wrongType("headers");
    }
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      if (!each.getValue().isValueNode()) {
        throw wrongType("headers");
      }
      headers.put(each.getKey(), new ArrayList<>(List.of(each.getValue().asText())));
    }
  }

  /** They overrule single values of the same name. */
  private static void multiple(JsonNode given, Map<String, List<String>> headers) throws Malformed {
    if (given.isMissingNode() || given.isNull()) {
      return;
    }
    if (!given.isObject()) {
      throw wrongType("multiValueHeaders");
    }
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      if (!each.getValue().isArray()) {
        throw wrongType("multiValueHeaders");
      }
      headers.keySet().removeIf(name -> name.equalsIgnoreCase(each.getKey()));
      List<String> values = new ArrayList<>();
      each.getValue().forEach(value -> values.add(value.asText()));
      headers.put(each.getKey(), values);
    }
  }

  private static void cookies(JsonNode given, Map<String, List<String>> headers) throws Malformed {
    if (given.isMissingNode() || given.isNull()) {
      return;
    }
    if (!given.isArray()) {
      throw wrongType("cookies");
    }
    List<String> cookies = new ArrayList<>();
    headers.forEach(
        (name, values) -> {
          if (name.equalsIgnoreCase("set-cookie")) {
            cookies.addAll(values);
          }
        });
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("set-cookie"));
    given.forEach(cookie -> cookies.add(cookie.asText()));
    if (!cookies.isEmpty()) {
      headers.put("set-cookie", cookies);
    }
  }

  private static byte[] body(JsonNode result) throws Malformed {
    JsonNode body = result.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    if (!body.isTextual()) {
      throw wrongType("body");
    }
    if (!result.path("isBase64Encoded").asBoolean()) {
      return body.textValue().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body.textValue());
    } catch (IllegalArgumentException e) {
      throw new Malformed("Lambda body is not valid base64");
    }
  }

  private static Malformed wrongType(String field) {
    return new Malformed("Lambda body contains the wrong type for field \"" + field + "\"");
  }
}
