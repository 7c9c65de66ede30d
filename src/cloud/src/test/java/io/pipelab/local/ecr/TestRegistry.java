package io.pipelab.local.ecr;

import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.wire.LoopbackGateway;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/** ECR behind a gateway on an ephemeral port, with an SDK client and a plain HTTP client. */
final class TestRegistry implements AutoCloseable {
  static final String MANIFEST = Manifest.OCI_IMAGE;

  final ManualClock clock = new ManualClock();
  final LoopbackGateway gateway = new LoopbackGateway();
  final CloudIdentity identity;
  final Ecr ecr;
  final EcrClient client;
  private final HttpClient http = HttpClient.newHttpClient();
  String authorization;

  TestRegistry(Path directory) {
    identity = gateway.identity();
    ecr = new Ecr(identity, clock, directory);
    gateway.serve(clock, List.of(ecr.registry()), call -> {}, ecr);
    client = gateway.client(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()));
    authorization =
        "Basic " + client.getAuthorizationToken().authorizationData().get(0).authorizationToken();
  }

  void create(String name) {
    client.createRepository(request -> request.repositoryName(name));
  }

  /** Sends with the password; headers come in pairs. */
  HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.endpoint().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .header("Authorization", authorization);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, new byte[0]);
  }

  /** Pushes a blob in one request and returns its digest. */
  String blob(String repository, byte[] content) throws Exception {
    String digest = Digests.of(content);
    send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, content);
    return digest;
  }

  /** Pushes an image of one layer and returns its manifest's digest. */
  String image(String repository, String tag, String layer) throws Exception {
    byte[] manifest = manifest(repository, layer);
    send("PUT", "/v2/" + repository + "/manifests/" + tag, manifest, "Content-Type", MANIFEST);
    return Digests.of(manifest);
  }

  /** Pushes the blobs of an image and returns its manifest. */
  byte[] manifest(String repository, String layer) throws Exception {
    byte[] config = bytes("{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    byte[] content = bytes(layer);
    return bytes(
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}
        """
            .formatted(
                MANIFEST,
                blob(repository, config),
                config.length,
                blob(repository, content),
                content.length));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static Map.Entry<Integer, String> answer(HttpResponse<String> response) {
    return Map.entry(response.statusCode(), response.body());
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    ecr.close();
  }
}
