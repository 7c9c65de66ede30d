package io.pipelab.local.lambda.runtime;

import java.io.IOException;

/** The function's side of the Lambda Runtime API, version 2018-06-01. */
final class RuntimeApi {
  private static final int PAYLOAD_TOO_LARGE = 413;
  private static final byte[] NO_BODY = {};

  private final ApiConnection connection;
  private final String root;

  /**
   * @param address host and port, and whatever path follows, from {@code AWS_LAMBDA_RUNTIME_API}
   */
  RuntimeApi(String address) throws IOException {
    int cut = address.indexOf('/');
    this.connection = new ApiConnection(cut < 0 ? address : address.substring(0, cut));
    this.root = (cut < 0 ? "" : address.substring(cut)) + "/2018-06-01/runtime/";
  }

  /**
   * One event.
   *
   * @param deadlineMillis when the function must be done, in milliseconds since the epoch
   */
  record Event(String requestId, String functionArn, long deadlineMillis, byte[] body) {}

  /** Waits for the next event, for as long as it takes. */
  Event next() throws IOException {
    ApiConnection.Answer answer = connection.call("GET", root + "invocation/next", "", NO_BODY);
    if (answer.status() != 200) {
      throw new IOException("the Runtime API has no event but " + answer.status());
    }
    return new Event(
        answer.header("Lambda-Runtime-Aws-Request-Id"),
        answer.header("Lambda-Runtime-Invoked-Function-Arn"),
        Long.parseLong(answer.header("Lambda-Runtime-Deadline-Ms")),
        answer.body());
  }

  void respond(Event event, byte[] answer) throws IOException {
    post("invocation/" + event.requestId() + "/response", answer, "");
  }

  void failed(Event event, Failure failure) throws IOException {
    post("invocation/" + event.requestId() + "/error", failure.json(), errorType(failure));
  }

  void initFailed(Failure failure) throws IOException {
    post("init/error", failure.json(), errorType(failure));
  }

  private static String errorType(Failure failure) {
    return "Lambda-Runtime-Function-Error-Type: " + failure.type() + "\r\n";
  }

  private void post(String path, byte[] body, String headers) throws IOException {
    int status = connection.call("POST", root + path, headers, body).status();
    // The cloud itself tells the caller about an answer that is too large.
    if (status >= 300 && status != PAYLOAD_TOO_LARGE) {
      throw new IOException("the Runtime API answered " + status + " to " + path);
    }
  }
}
