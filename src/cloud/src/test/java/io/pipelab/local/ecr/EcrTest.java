package io.pipelab.local.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagStatus;

class EcrTest {
  private Path directory;
  private TestRegistry registry;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    registry = new TestRegistry(directory.resolve("blobs"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aRepositoryIsAtTheGatewaysAddress() {
    registry.create("fasttracksaa");
    Repository repository =
        registry
            .client
            .describeRepositories(r -> r.repositoryNames("fasttracksaa"))
            .repositories()
            .get(0);
    assertEquals(
        registry.gateway.endpoint().getAuthority() + "/fasttracksaa", repository.repositoryUri());
    assertEquals(
        "arn:aws:ecr:us-east-1:000000000000:repository/fasttracksaa", repository.repositoryArn());
    assertEquals(registry.clock.now(), repository.createdAt());
    assertEquals("MUTABLE", repository.imageTagMutabilityAsString());
    assertEquals("AES256", repository.encryptionConfiguration().encryptionTypeAsString());
  }

  @Test
  void repositoriesAreListedInPages() {
    for (String name : List.of("ccc", "aaa", "bbb")) {
      registry.create(name);
    }
    List<String> names =
        registry.client.describeRepositoriesPaginator(r -> r.maxResults(2)).repositories().stream()
            .map(Repository::repositoryName)
            .toList();
    assertEquals(List.of("aaa", "bbb", "ccc"), names);
  }

  @Test
  void refusesWhatEcrRefuses() throws Exception {
    registry.create("app");
    refused("RepositoryAlreadyExistsException", () -> registry.create("app"));
    refused("InvalidParameterException", () -> registry.create("App"));
    refused(
        "RepositoryNotFoundException",
        () -> registry.client.listImages(r -> r.repositoryName("none")));
    refused(
        "RepositoryPolicyNotFoundException",
        () -> registry.client.getRepositoryPolicy(r -> r.repositoryName("app")));
    refused(
        "LifecyclePolicyNotFoundException",
        () -> registry.client.getLifecyclePolicy(r -> r.repositoryName("app")));
    refused(
        "ImageNotFoundException",
        () ->
            registry.client.describeImages(
                r -> r.repositoryName("app").imageIds(i -> i.imageTag("none"))));
    registry.image("app", "v1", "layer");
    refused(
        "RepositoryNotEmptyException",
        () -> registry.client.deleteRepository(r -> r.repositoryName("app")));
  }

  private static void refused(String code, Executable call) {
    EcrException e = assertThrows(EcrException.class, call);
    assertEquals(code, e.awsErrorDetails().errorCode());
  }

  @Test
  void deletingByForceDeletesTheBlobs() throws Exception {
    registry.create("app");
    registry.image("app", "v1", "layer");
    registry.client.deleteRepository(r -> r.repositoryName("app").force(true));
    assertTrue(registry.client.describeRepositories().repositories().isEmpty());
    assertEquals(0, files());
  }

  @Test
  void anImageIsDescribedListedAndFetched() throws Exception {
    registry.create("app");
    String digest = registry.image("app", "v1", "layer");
    registry.image("app", "v1-too", "layer");
    var detail = registry.client.describeImages(r -> r.repositoryName("app")).imageDetails().get(0);
    assertEquals(digest, detail.imageDigest());
    assertEquals(List.of("v1", "v1-too"), detail.imageTags());
    assertEquals(TestRegistry.MANIFEST, detail.imageManifestMediaType());
    assertTrue(detail.imageSizeInBytes() > 5);
    assertEquals(2, registry.client.listImages(r -> r.repositoryName("app")).imageIds().size());
    var got =
        registry.client.batchGetImage(
            r ->
                r.repositoryName("app")
                    .imageIds(id("v1"), ImageIdentifier.builder().imageTag("none").build()));
    assertEquals(digest, Digests.of(TestRegistry.bytes(got.images().get(0).imageManifest())));
    assertEquals(ImageFailureCode.IMAGE_NOT_FOUND, got.failures().get(0).failureCode());
  }

  @Test
  void aTagThatMovesLeavesItsImageUntagged() throws Exception {
    registry.create("app");
    String first = registry.image("app", "latest", "one");
    String second = registry.image("app", "latest", "two");
    assertEquals(
        List.of(first),
        registry
            .client
            .listImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.UNTAGGED)))
            .imageIds()
            .stream()
            .map(ImageIdentifier::imageDigest)
            .toList());
    var tagged =
        registry.client.describeImages(
            r -> r.repositoryName("app").filter(f -> f.tagStatus(TagStatus.TAGGED)));
    assertEquals(second, tagged.imageDetails().get(0).imageDigest());
  }

  @Test
  void deletingTheLastTagDeletesTheImageButNoSharedBlob() throws Exception {
    registry.create("app");
    registry.image("app", "v1", "one");
    registry.image("app", "v2", "two");
    registry.client.batchDeleteImage(r -> r.repositoryName("app").imageIds(id("v1")));
    assertEquals(1, registry.client.listImages(r -> r.repositoryName("app")).imageIds().size());
    assertEquals(2, files(), "the configuration that both share, and the layer of v2");
  }

  @Test
  void anImageInAnIndexCannotBeDeleted() throws Exception {
    registry.create("app");
    String child = registry.image("app", "v1", "layer");
    byte[] index =
        TestRegistry.bytes(
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":1,
             "platform":{"os":"linux","architecture":"amd64"}}]}
            """
                .formatted(TestRegistry.MANIFEST, child));
    registry.send("PUT", "/v2/app/manifests/all", index, "Content-Type", Manifest.OCI_INDEX);
    var refused =
        registry.client.batchDeleteImage(
            r -> r.repositoryName("app").imageIds(i -> i.imageDigest(child)));
    assertEquals(
        ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
        refused.failures().get(0).failureCode());
    assertEquals(
        1,
        registry.ecr.containerImages().pull(uri("app:all"), null).layers().size(),
        "an index stands for its linux/amd64 image");
  }

  @Test
  void putImageGivesAnotherTagAndRefusesTheSameTwice() throws Exception {
    registry.create("app");
    registry.image("app", "v1", "layer");
    String manifest = registry.get("/v2/app/manifests/v1").body();
    registry.client.putImage(r -> r.repositoryName("app").imageManifest(manifest).imageTag("v2"));
    refused(
        "ImageAlreadyExistsException",
        () ->
            registry.client.putImage(
                r -> r.repositoryName("app").imageManifest(manifest).imageTag("v2")));
  }

  @Test
  void policiesAndTagsAreStored() {
    registry.create("app");
    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    registry.client.setRepositoryPolicy(r -> r.repositoryName("app").policyText(policy));
    assertEquals(
        policy, registry.client.getRepositoryPolicy(r -> r.repositoryName("app")).policyText());
    String arn = registry.identity.arn("ecr", "repository/app");
    registry.client.tagResource(
        r -> r.resourceArn(arn).tags(Tag.builder().key("a").value("1").build()));
    assertEquals(1, registry.client.listTagsForResource(r -> r.resourceArn(arn)).tags().size());
    registry.client.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertTrue(registry.client.listTagsForResource(r -> r.resourceArn(arn)).tags().isEmpty());
  }

  private static ImageIdentifier id(String tag) {
    return ImageIdentifier.builder().imageTag(tag).build();
  }

  private String uri(String image) {
    return registry.gateway.endpoint().getAuthority() + "/" + image;
  }

  private long files() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("blobs"))) {
      return files.count();
    }
  }
}
