package io.pipelab.target;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a lab's own HTTP API as any client does: without a signature. */
public final class HttpCaller {
  /** API Gateway gives an integration 30 s. */
  private static final Duration MOST = Duration.ofSeconds(40);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** An answer, its body as text. */
  public record Answer(int status, String body) {}

  /**
   * Sends a request and waits for the answer.
   *
   * @param url with or without a slash at its end
   * @param path what is put behind the URL; begins with a slash
   * @param json the request's body, or null for none
   * @throws IOException when there is no answer
   * @throws IllegalArgumentException when the URL or the method is none
   */
  public Answer call(String method, String url, String path, @Nullable String json)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create((url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + path))
            .timeout(MOST)
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request.build());
  }

  /**
   * Sends a body with headers of its own, for example signed ones.
   *
   * @throws IOException when there is no answer
   */
  public Answer post(String url, Map<String, String> headers, String body) throws IOException {
    HttpRequest.Builder request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(MOST)
              .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
      headers.forEach(request::header);
    } catch (IllegalArgumentException e) {
      throw new IOException("it cannot be sent: " + e.getMessage(), e);
    }
    return send(request.build());
  }

  private Answer send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
