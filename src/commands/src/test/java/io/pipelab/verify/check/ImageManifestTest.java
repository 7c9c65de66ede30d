package io.pipelab.verify.check;

import com.sun.net.httpserver.HttpServer;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.container.ImageManifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;

class ImageManifestTest extends CheckTest {
  private static final String MANIFEST =
      """
      {"mediaType": "application/vnd.oci.image.manifest.v1+json",
       "config": {"digest": "sha256:c"}, "layers": [{}, {}]}
      """;

  private HttpServer registry;
  private volatile String architecture = "amd64";

  @BeforeEach
  void startRegistry() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String storage = "/storage";
    registry.createContext(
        "/v2/repo/blobs/sha256:c",
        exchange -> {
          boolean known =
              "Basic token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().set("Location", storage);
          exchange.sendResponseHeaders(known ? 307 : 401, -1);
          exchange.close();
        });
    registry.createContext(
        storage,
        exchange -> {
          byte[] config =
              ("{\"os\": \"linux\", \"architecture\": \"" + architecture + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          boolean bare = !exchange.getRequestHeaders().containsKey("Authorization");
          exchange.sendResponseHeaders(bare ? 200 : 400, bare ? config.length : -1);
          if (bare) {
            exchange.getResponseBody().write(config);
          }
          exchange.close();
        });
    registry.start();
    aws.on(
        GetAuthorizationTokenRequest.class,
        GetAuthorizationTokenResponse.builder()
            .authorizationData(
                data ->
                    data.authorizationToken("token")
                        .proxyEndpoint("http://127.0.0.1:" + registry.getAddress().getPort()))
            .build());
  }

  @AfterEach
  void stopRegistry() {
    registry.stop(0);
  }

  @Test
  void oneManifestOfTheRightPlatformHolds() {
    image(MANIFEST);
    assertSeen(State.HOLDS, "one linux/amd64 manifest with 2 layers", look());
    architecture = "arm64";
    assertSeen(State.NEVER, "one linux/arm64 manifest with 2 layers", look());
  }

  @Test
  void anIndexIsNoImage() {
    image(
        """
        {"mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [{}, {}]}
        """);
    assertSeen(State.NEVER, "it is an index of 2 manifests", look());
  }

  @Test
  void anImageThatIsNotThereIsLacking() {
    aws.on(
        BatchGetImageRequest.class,
        BatchGetImageResponse.builder()
            .failures(ImageFailure.builder().failureReason("Requested image not found").build())
            .build());
    assertSeen(State.LACKS, "repo does not hold it: Requested image not found", look());
  }

  private void image(String manifest) {
    aws.on(
        BatchGetImageRequest.class,
        BatchGetImageResponse.builder()
            .images(Image.builder().imageManifest(manifest).build())
            .build());
  }

  private Observation look() {
    return look(
        ImageManifest.TYPE,
        Map.of("repository", "repo", "image", "host/repo@sha256:1", "platform", "linux/amd64"));
  }
}
