package io.pipelab.functions.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the function URL answers. */
record Response(int status, JsonNode body) {
  static Response message(int status, String message) {
    return new Response(status, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  /** The answer in the format 2.0 of function URLs. */
  ObjectNode proxy() {
    ObjectNode proxy = JsonNodeFactory.instance.objectNode().put("statusCode", status);
    proxy.putObject("headers").put("content-type", "application/json; charset=utf-8");
    return proxy.put("body", body.toString());
  }
}
