package io.pipelab.functions.tasks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What makes a container image a function: a program that asks the Lambda Runtime API for events
 * and posts the answers ("Using the Lambda runtime API for custom runtimes"). AWS's own client for
 * Java brings native code for Linux only; these few lines run anywhere.
 */
final class RuntimeLoop {
  private final String root;
  private final RequestStreamHandler handler;

  /**
   * @param address host and port of the Runtime API, and whatever path follows
   */
  RuntimeLoop(String address, RequestStreamHandler handler) {
    this.root = "http://" + address + "/2018-06-01/runtime/";
    this.handler = handler;
  }

  /** Handles events until the process is killed. */
  void run() throws IOException {
    while (true) {
      handleOne();
    }
  }

  /** Waits for one event, for as long as it takes, and answers it. */
  void handleOne() throws IOException {
    HttpURLConnection next = open("invocation/next");
    String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
    byte[] event;
    try (InputStream body = next.getInputStream()) {
      event = body.readAllBytes();
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), answer, new ImageContext(next));
    } catch (IOException | RuntimeException e) {
      post("invocation/" + id + "/error", error(e));
      return;
    }
    post("invocation/" + id + "/response", answer.toByteArray());
  }

  /** {@code {"errorMessage", "errorType"}}, as every runtime tells of a failure. */
  static byte[] error(Throwable thrown) {
    ObjectNode error =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorMessage", String.valueOf(thrown.getMessage()))
            .put("errorType", thrown.getClass().getName());
    return error.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Tells that the function cannot even start. */
  void initFailed(Throwable thrown) throws IOException {
    post("init/error", error(thrown));
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(root + path).toURL().openConnection();
  }

  private void post(String path, byte[] body) throws IOException {
    HttpURLConnection call = open(path);
    call.setRequestMethod("POST");
    call.setDoOutput(true);
    call.setFixedLengthStreamingMode(body.length);
    call.getOutputStream().write(body);
    int status = call.getResponseCode();
    InputStream rest = status < 400 ? call.getInputStream() : call.getErrorStream();
    if (rest != null) {
      try (rest) {
        rest.readAllBytes(); // so that the connection serves the next call
      }
    }
    if (status >= 300 && status != HttpURLConnection.HTTP_ENTITY_TOO_LARGE) {
      throw new IOException("the Runtime API answered " + status + " to " + path);
    }
  }
}
