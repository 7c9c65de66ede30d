package io.pipelab.local.ecr;

import static io.pipelab.local.ecr.TestRegistry.bytes;
import static io.pipelab.local.ecr.TestRegistry.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

class RegistryEndpointTest {
  private static final byte[] NOTHING = new byte[0];

  private Path directory;
  private TestRegistry registry;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    registry = new TestRegistry(directory.resolve("blobs"));
    registry.create("team/app");
  }

  @AfterEach
  void stop() {
    registry.close();
    assertFalse(Files.exists(directory.resolve("blobs")));
  }

  @Test
  void wantsThePasswordThatEcrGives() throws Exception {
    assertEquals(200, registry.get("/v2/").statusCode());
    registry.authorization = "Basic QVdTOndyb25n";
    HttpResponse<String> refused = registry.get("/v2/");
    assertEquals(401, refused.statusCode());
    assertTrue(header(refused, "WWW-Authenticate").startsWith("Basic realm="));
  }

  @Test
  void thePasswordExpiresAfterTwelveHours() throws Exception {
    registry.clock.advance(Duration.ofHours(12));
    assertEquals(401, registry.get("/v2/").statusCode());
  }

  @Test
  void takesABlobInOneRequest() throws Exception {
    String digest = registry.blob("team/app", bytes("layer"));
    HttpResponse<String> got = registry.get("/v2/team/app/blobs/" + digest);
    assertEquals("layer", got.body());
    HttpResponse<String> head = registry.send("HEAD", "/v2/team/app/blobs/" + digest, NOTHING);
    assertEquals(200, head.statusCode());
    assertEquals("5", header(head, "Content-Length"));
    assertEquals(digest, header(head, "Docker-Content-Digest"));
  }

  @Test
  void takesABlobInChunks() throws Exception {
    String upload =
        header(registry.send("POST", "/v2/team/app/blobs/uploads/", NOTHING), "Location");
    HttpResponse<String> first =
        registry.send("PATCH", upload, bytes("lay"), "Content-Range", "0-2");
    assertEquals(202, first.statusCode());
    assertEquals("0-2", header(first, "Range"));
    HttpResponse<String> again =
        registry.send("PATCH", upload, bytes("lay"), "Content-Range", "0-2");
    assertEquals(416, again.statusCode());
    registry.send("PATCH", upload, bytes("e"), "Content-Range", "3-3");
    String digest = Digests.of(bytes("layer"));
    HttpResponse<String> last = registry.send("PUT", upload + "?digest=" + digest, bytes("r"));
    assertEquals(201, last.statusCode());
    assertEquals("layer", registry.get(header(last, "Location")).body());
  }

  @Test
  void refusesABlobWithAnotherDigestAndKeepsNothing() throws Exception {
    String wrong = Digests.of(bytes("other"));
    HttpResponse<String> refused =
        registry.send("POST", "/v2/team/app/blobs/uploads/?digest=" + wrong, bytes("layer"));
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("DIGEST_INVALID"), refused.body());
    assertEquals(404, registry.get("/v2/team/app/blobs/" + wrong).statusCode());
    try (Stream<Path> left = Files.list(directory.resolve("blobs"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void mountsABlobOfAnotherRepository() throws Exception {
    registry.create("other");
    String digest = registry.blob("team/app", bytes("layer"));
    assertEquals(404, registry.get("/v2/other/blobs/" + digest).statusCode());
    HttpResponse<String> mounted =
        registry.send(
            "POST", "/v2/other/blobs/uploads/?mount=" + digest + "&from=team%2Fapp", NOTHING);
    assertEquals(201, mounted.statusCode());
    assertEquals("layer", registry.get("/v2/other/blobs/" + digest).body());
  }

  @Test
  void aMountThatCannotBeIsAnUpload() throws Exception {
    String digest = Digests.of(bytes("layer"));
    HttpResponse<String> begun =
        registry.send(
            "POST", "/v2/team/app/blobs/uploads/?mount=" + digest + "&from=other", NOTHING);
    assertEquals(202, begun.statusCode());
  }

  @Test
  void keepsManifestsByTagAndDigest() throws Exception {
    String digest = registry.image("team/app", "v1", "layer");
    for (String reference : new String[] {"v1", digest}) {
      HttpResponse<String> got = registry.get("/v2/team/app/manifests/" + reference);
      assertEquals(200, got.statusCode());
      assertEquals(digest, Digests.of(bytes(got.body())));
      assertEquals(TestRegistry.MANIFEST, header(got, "Content-Type"));
      HttpResponse<String> head =
          registry.send("HEAD", "/v2/team/app/manifests/" + reference, NOTHING);
      assertEquals(digest, header(head, "Docker-Content-Digest"));
      assertEquals(Integer.toString(got.body().length()), header(head, "Content-Length"));
    }
    assertEquals(
        "{\"name\":\"team/app\",\"tags\":[\"v1\"]}", registry.get("/v2/team/app/tags/list").body());
  }

  @Test
  void listsTagsInPages() throws Exception {
    for (String tag : new String[] {"a", "b", "c"}) {
      registry.image("team/app", tag, "layer");
    }
    HttpResponse<String> page = registry.get("/v2/team/app/tags/list?n=2");
    assertTrue(page.body().contains("[\"a\",\"b\"]"), page.body());
    assertEquals("</v2/team/app/tags/list?n=2&last=b>; rel=\"next\"", header(page, "Link"));
    HttpResponse<String> last = registry.get("/v2/team/app/tags/list?n=2&last=b");
    assertTrue(last.body().contains("[\"c\"]"), last.body());
    assertEquals("", header(last, "Link"));
  }

  @Test
  void refusesAManifestWhoseDigestOrPartsAreWrong() throws Exception {
    byte[] manifest = registry.manifest("team/app", "layer");
    String other = Digests.of(bytes("other"));
    refused("DIGEST_INVALID", put(other, manifest, TestRegistry.MANIFEST));
    refused("MANIFEST_INVALID", put("v1", bytes("no json"), TestRegistry.MANIFEST));
    refused("MANIFEST_INVALID", put("v1", manifest, Manifest.DOCKER_IMAGE));
    byte[] missing =
        bytes(
            new String(manifest, java.nio.charset.StandardCharsets.UTF_8)
                .replace(Digests.of(bytes("layer")), other));
    refused("MANIFEST_BLOB_UNKNOWN", put("v1", missing, TestRegistry.MANIFEST));
  }

  private HttpResponse<String> put(String reference, byte[] manifest, String type)
      throws Exception {
    return registry.send(
        "PUT", "/v2/team/app/manifests/" + reference, manifest, "Content-Type", type);
  }

  private static void refused(String code, HttpResponse<String> response) {
    assertTrue(response.statusCode() >= 400 && response.statusCode() < 500);
    assertTrue(response.body().contains("\"code\":\"" + code + "\""), response.body());
  }

  @Test
  void aRepositoryThatDoesNotExistRefusesAPushAsEcrDoes() throws Exception {
    HttpResponse<String> refused = registry.send("POST", "/v2/missing/blobs/uploads/", NOTHING);
    assertEquals(404, refused.statusCode());
    assertTrue(refused.body().contains("\"code\":\"NAME_UNKNOWN\""), refused.body());
    assertTrue(
        refused
            .body()
            .contains(
                "The repository with name 'missing' does not exist in the registry with id"
                    + " '000000000000'"),
        refused.body());
  }

  @Test
  void anImmutableTagCannotMove() throws Exception {
    registry.client.putImageTagMutability(
        request ->
            request.repositoryName("team/app").imageTagMutability(ImageTagMutability.IMMUTABLE));
    registry.image("team/app", "v1", "one");
    byte[] other = registry.manifest("team/app", "two");
    HttpResponse<String> refused = put("v1", other, TestRegistry.MANIFEST);
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("repository is immutable"), refused.body());
  }

  @Test
  void whatItDoesNotImplementFailsByName() throws Exception {
    String digest = registry.image("team/app", "v1", "layer");
    HttpResponse<String> refused =
        registry.send("DELETE", "/v2/team/app/manifests/" + digest, NOTHING);
    assertEquals(405, refused.statusCode());
    assertTrue(refused.body().contains("UNSUPPORTED"), refused.body());
  }
}
