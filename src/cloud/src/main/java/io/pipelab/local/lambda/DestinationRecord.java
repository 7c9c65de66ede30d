package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.lambda.execution.InvocationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The invocation record that a destination receives (Lambda Developer Guide, "Capturing records of
 * asynchronous invocations").
 */
final class DestinationRecord {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DestinationRecord() {}

  static String of(
      Instant now,
      Target target,
      AsyncEvent event,
      @Nullable InvocationResult result,
      String condition) {
    ObjectNode record = JSON.createObjectNode();
    record.put("version", "1.0");
    record.put("timestamp", now.toString());
    record
        .putObject("requestContext")
        .put("requestId", event.requestId())
        .put("functionArn", target.function().arn() + ":" + event.function().version())
        .put("condition", condition)
        .put("approximateInvokeCount", event.attempts());
    record.set("requestPayload", tree(event.payload()));
    if (result != null) {
      ObjectNode response = record.putObject("responseContext");
      response.put("statusCode", 200);
      response.put("executedVersion", target.version().version());
      if (result.failed()) {
        response.put("functionError", result.functionError());
      }
      record.set("responsePayload", tree(result.payload()));
    }
    return record.toString();
  }

  /** The {@code errorMessage} of a function's error document. */
  static String errorMessage(byte[] payload) {
    return tree(payload).path("errorMessage").asText();
  }

  private static JsonNode tree(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException e) {
      return JSON.getNodeFactory().textNode(new String(payload, StandardCharsets.UTF_8));
    }
  }
}
