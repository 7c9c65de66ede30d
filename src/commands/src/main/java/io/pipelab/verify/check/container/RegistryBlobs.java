package io.pipelab.verify.check.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** Reads a blob from an ECR registry by the OCI distribution API, as a container engine does. */
public record RegistryBlobs(EcrClient ecr) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * The platform that an image's configuration blob names: {@code linux/amd64}.
   *
   * @throws SdkClientException when it could not be read
   */
  String platform(String repository, String configDigest) {
    AuthorizationData access = ecr.getAuthorizationToken().authorizationData().get(0);
    URI uri = URI.create(access.proxyEndpoint() + "/v2/" + repository + "/blobs/" + configDigest);
    String blob = read(uri, "Basic " + access.authorizationToken());
    try {
      JsonNode config = JSON.readTree(blob);
      return config.path("os").asText("?") + "/" + config.path("architecture").asText("?");
    } catch (JsonProcessingException e) {
      throw SdkClientException.create("an image's configuration is not JSON", e);
    }
  }

  private static String read(URI uri, String authorization) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = get(http, uri, authorization);
      if (answer.statusCode() / 100 == 3) {
        // To S3, which refuses a request with two authorizations.
        URI location = uri.resolve(answer.headers().firstValue("Location").orElse(""));
        answer = get(http, location, "");
      }
      if (answer.statusCode() != 200) {
        throw SdkClientException.create(
            "the registry answered " + answer.statusCode() + " for " + uri.getPath());
      }
      return answer.body();
    } catch (IOException e) {
      throw SdkClientException.create("the registry at " + uri.getHost() + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted", e);
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI uri, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
