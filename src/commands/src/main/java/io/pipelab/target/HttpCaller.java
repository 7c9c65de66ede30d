package io.pipelab.target;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
   * @param path what is put behind the URL; begins with a slash
   * @param json the request's body, or null for none
   * @throws IOException when there is no answer
   * @throws IllegalArgumentException when the URL or the method is none
   */
  public Answer call(String method, String url, String path, @Nullable String json)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(MOST)
            .method(
                method,
                json == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
