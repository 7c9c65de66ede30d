package io.pipelab.image;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What runs in the function's image of the test: answers each event with its own name. */
public final class Answerer {
  private Answerer() {}

  /**
   * Serves the Runtime API until it is killed.
   *
   * @param args what it says beside the event
   */
  public static void main(String[] args) throws IOException {
    String api = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
    while (true) {
      HttpURLConnection next = open(api + "invocation/next");
      String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
      String event;
      try (InputStream in = next.getInputStream()) {
        event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      HttpURLConnection answer = open(api + "invocation/" + id + "/response");
      answer.setDoOutput(true);
      String said = "{\"says\":\"" + String.join(" ", args) + "\",\"to\":" + event + "}";
      answer.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
      answer.getInputStream().readAllBytes();
    }
  }

  private static HttpURLConnection open(String address) throws IOException {
    return (HttpURLConnection) URI.create(address).toURL().openConnection();
  }
}
