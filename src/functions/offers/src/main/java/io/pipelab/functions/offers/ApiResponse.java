package io.pipelab.functions.offers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers.
 *
 * @param body null for an answer without one
 */
record ApiResponse(int status, @Nullable JsonNode body, Map<String, String> headers) {

  static ApiResponse of(int status, JsonNode body) {
    return new ApiResponse(status, body, Map.of());
  }

  static ApiResponse empty(int status) {
    return new ApiResponse(status, null, Map.of());
  }

  /** {@code {"message": ..., "errors": [...]}}. */
  static ApiResponse badRequest(String message, List<String> errors) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
    if (!errors.isEmpty()) {
      ArrayNode list = body.putArray("errors");
      errors.forEach(list::add);
    }
    return of(400, body);
  }

  static ApiResponse notFound(String message) {
    return of(404, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  ApiResponse with(String header, String value) {
    return new ApiResponse(status, body, Map.of(header, value));
  }

  /** The response in the format of a Lambda proxy integration. */
  ObjectNode proxy() {
    ObjectNode proxy = JsonNodeFactory.instance.objectNode().put("statusCode", status);
    ObjectNode all = proxy.putObject("headers");
    headers.forEach(all::put);
    if (body != null) {
      all.put("content-type", "application/json; charset=utf-8");
      proxy.put("body", body.toString());
    }
    return proxy;
  }
}
