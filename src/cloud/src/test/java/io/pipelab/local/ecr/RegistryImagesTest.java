package io.pipelab.local.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ContainerImages.Image;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryImagesTest {
  private TestRegistry registry;
  private String host;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    registry = new TestRegistry(temporary.resolve("blobs"));
    registry.create("app");
    host = registry.gateway.endpoint().getAuthority();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void pullsByTagAndByDigest() throws Exception {
    String digest = registry.image("app", "latest", "layer");
    for (String reference : new String[] {"/app", "/app:latest", "/app@" + digest}) {
      Image image = registry.ecr.containerImages().pull(host + reference, null);
      assertEquals(digest, image.digest());
      assertEquals("amd64", image.config().path("architecture").asText());
      assertEquals("layer", Files.readString(image.layers().get(0)));
    }
  }

  @Test
  void knowsTheNameThatEcrWouldGive() throws Exception {
    String digest = registry.image("app", "v1", "layer");
    String uri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:v1";
    assertEquals(digest, registry.ecr.containerImages().pull(uri, null).digest());
  }

  @Test
  void namesWhatIsNotThere() {
    assertEquals("ImageNotFoundException", refusal(host + "/app:none").code());
    assertEquals("RepositoryNotFoundException", refusal(host + "/none:v1").code());
  }

  @Test
  void aServiceIsKeptOutByADenialAlone() throws Exception {
    String digest = registry.image("app", "v1", "layer");
    Caller.ServicePrincipal lambda =
        new Caller.ServicePrincipal(
            "lambda.amazonaws.com", "arn:aws:lambda:us-east-1:000000000000:function:f");
    assertEquals(digest, pull(lambda).digest());
    policy("Allow", "ecr:GetDownloadUrlForLayer", "ecs-tasks.amazonaws.com");
    assertEquals(digest, pull(lambda).digest());
    policy("Deny", "ecr:BatchGetImage", "lambda.amazonaws.com");
    AwsError refused = assertThrows(AwsError.class, () -> pull(lambda));
    assertEquals("AccessDeniedException", refused.code());
    assertEquals(digest, registry.ecr.containerImages().pull(host + "/app:v1", null).digest());
  }

  @Test
  void layersOfOtherFormatsAreRefusedByName() throws Exception {
    String zstd = "application/vnd.oci.image.layer.v1.tar+zstd";
    String manifest =
        new String(registry.manifest("app", "layer"), StandardCharsets.UTF_8)
            .replace("application/vnd.oci.image.layer.v1.tar+gzip", zstd);
    registry.send(
        "PUT",
        "/v2/app/manifests/other",
        TestRegistry.bytes(manifest),
        "Content-Type",
        "application/vnd.oci.image.manifest.v1+json");
    AwsError refused = refusal(host + "/app:other");
    assertTrue(refused.getMessage().endsWith("layers of media type " + zstd), refused::getMessage);
  }

  private Image pull(Caller.ServicePrincipal service) {
    return registry.ecr.containerImages().pull(host + "/app:v1", service);
  }

  private void policy(String effect, String action, String service) {
    registry.client.setRepositoryPolicy(
        request ->
            request
                .repositoryName("app")
                .policyText(
                    """
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "%s", "Action": "%s", "Principal": {"Service": "%s"}}]}
                    """
                        .formatted(effect, action, service)));
  }

  @Test
  void otherRegistriesAreRefusedByName() {
    AwsError refused = refusal("public.ecr.aws/docker/library/nginx:1");
    assertTrue(refused.getMessage().contains("public.ecr.aws"), refused.getMessage());
    assertTrue(refusal("nginx").getMessage().contains("docker.io"));
  }

  private AwsError refusal(String uri) {
    return assertThrows(AwsError.class, () -> registry.ecr.containerImages().pull(uri, null));
  }
}
