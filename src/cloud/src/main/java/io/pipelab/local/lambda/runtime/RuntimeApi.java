package io.pipelab.local.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The function's side of the Lambda Runtime API, version 2018-06-01. */
final class RuntimeApi {
  private static final int PAYLOAD_TOO_LARGE = 413;

  private final String address;

  /**
   * @param address host and port, from {@code AWS_LAMBDA_RUNTIME_API}
   */
  RuntimeApi(String address) {
    this.address = "http://" + address + "/2018-06-01/runtime/";
  }

  /**
   * One event.
   *
   * @param deadlineMillis when the function must be done, in milliseconds since the epoch
   */
  record Event(String requestId, String functionArn, long deadlineMillis, byte[] body) {}

  /** Waits for the next event, for as long as it takes. */
  Event next() throws IOException {
    HttpURLConnection call = open("invocation/next");
    try (InputStream body = call.getInputStream()) {
      return new Event(
          header(call, "Lambda-Runtime-Aws-Request-Id"),
          header(call, "Lambda-Runtime-Invoked-Function-Arn"),
          Long.parseLong(header(call, "Lambda-Runtime-Deadline-Ms")),
          body.readAllBytes());
    }
  }

  void respond(Event event, byte[] answer) throws IOException {
    post("invocation/" + event.requestId() + "/response", answer, null);
  }

  void failed(Event event, Failure failure) throws IOException {
    post("invocation/" + event.requestId() + "/error", failure.json(), failure.type());
  }

  void initFailed(Failure failure) throws IOException {
    post("init/error", failure.json(), failure.type());
  }

  private void post(String path, byte[] body, @Nullable String errorType) throws IOException {
    HttpURLConnection call = open(path);
    call.setRequestMethod("POST");
    call.setDoOutput(true);
    call.setFixedLengthStreamingMode(body.length);
    if (errorType != null) {
      call.setRequestProperty("Lambda-Runtime-Function-Error-Type", errorType);
    }
    try (OutputStream out = call.getOutputStream()) {
      out.write(body);
    }
    int status = call.getResponseCode();
    // The cloud itself tells the caller about an answer that is too large.
    if (status >= 300 && status != PAYLOAD_TOO_LARGE) {
      throw new IOException("the Runtime API answered " + status + " to " + path);
    }
  }

  /** A connection per call: a function may run for minutes between two of them. */
  private HttpURLConnection open(String path) throws IOException {
    try {
      HttpURLConnection call =
          (HttpURLConnection)
              new URI(address + path).toURL().openConnection(java.net.Proxy.NO_PROXY);
      call.setRequestProperty("Connection", "close");
      return call;
    } catch (URISyntaxException e) {
      throw new MalformedURLException(e.getMessage());
    }
  }

  private static String header(HttpURLConnection call, String name) throws IOException {
    String value = call.getHeaderField(name);
    if (value == null) {
      throw new IOException("the Runtime API sent no " + name);
    }
    return value;
  }
}
