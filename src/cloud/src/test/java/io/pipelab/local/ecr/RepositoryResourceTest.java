package io.pipelab.local.ecr;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryResourceTest {
  private TestRegistry registry;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    registry = new TestRegistry(temporary.resolve("blobs"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void createsWithItsPoliciesAndTheStacksTags() throws Exception {
    ResourceRequest request =
        request(
            """
            {"RepositoryName": "app", "ImageTagMutability": "IMMUTABLE",
             "ImageScanningConfiguration": {"ScanOnPush": "true"},
             "RepositoryPolicyText": {"Version": "2012-10-17", "Statement": []},
             "LifecyclePolicy": {"LifecyclePolicyText": "{\\"rules\\": []}"},
             "Tags": [{"Key": "own", "Value": "1"}]}
            """);
    PhysicalResource created = type().create(request);
    assertEquals("app", created.physicalId());
    assertEquals(
        "arn:aws:ecr:us-east-1:000000000000:repository/app",
        requireNonNull(created.attributes().get("Arn")).asText());
    Repository repository = repositories().get("app");
    assertTrue(repository.scanOnPush());
    assertEquals(Map.of("pipelab:lab", "decoupling", "own", "1"), repository.tags());
    assertEquals("{\"rules\": []}", repository.lifecyclePolicy());
  }

  @Test
  void makesALowerCaseName() throws Exception {
    PhysicalResource created = type().create(request("{}"));
    assertEquals("stack-repo-1abcdef", created.physicalId());
  }

  @Test
  void refusesAnUnknownNestedProperty() {
    AwsError refused =
        assertThrows(
            AwsError.class,
            () -> type().create(request("{\"ImageScanningConfiguration\": {\"Deep\": true}}")));
    assertTrue(refused.getMessage().contains("ImageScanningConfiguration.Deep"));
  }

  @Test
  void updatesInPlace() throws Exception {
    ResourceRequest before = request("{\"RepositoryName\": \"app\"}");
    PhysicalResource created = type().create(before);
    ResourceRequest after =
        request("{\"RepositoryName\": \"app\", \"ImageTagMutability\": \"IMMUTABLE\"}");
    type().update(created, before, after);
    assertEquals("IMMUTABLE", repositories().get("app").mutability().toString());
  }

  @Test
  void deletesImagesOnlyWhenToldTo() throws Exception {
    ResourceRequest keep = request("{\"RepositoryName\": \"app\"}");
    PhysicalResource created = type().create(keep);
    registry.image("app", "v1", "layer");
    AwsError refused = assertThrows(AwsError.class, () -> type().delete(created, keep));
    assertEquals("RepositoryNotEmptyException", refused.code());
    type().delete(created, request("{\"RepositoryName\": \"app\", \"EmptyOnDelete\": \"true\"}"));
    assertFalse(repositories().exists("app"));
    type().delete(created, keep);
  }

  private RepositoryResource type() {
    return (RepositoryResource) registry.ecr.resourceTypes().get(0);
  }

  private Repositories repositories() {
    return registry.ecr.repositories();
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "arn:stack",
        "Stack",
        "Repo",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of("pipelab:lab", "decoupling"),
        "1ABCDEF");
  }
}
