package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.lambda.execution.HandlerJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;

final class ResourceTypesTest {
  private static final String FUNCTION =
      """
      {"FunctionName": "demo", "Runtime": "java17", "Handler": "a.B",
       "Role": "arn:aws:iam::000000000000:role/works",
       "Code": {"S3Bucket": "bucket", "S3Key": "one"},
       "Timeout": "20", "MemorySize": 512, "ReservedConcurrentExecutions": "5",
       "Environment": {"Variables": {"TASK_COUNT": 4}},
       "Tags": [{"Key": "own", "Value": "tag"}]}
      """;

  private final LambdaFixture cloud;

  ResourceTypesTest(@TempDir Path directory) {
    this.cloud = new LambdaFixture(directory);
  }

  @BeforeEach
  void upload() throws Exception {
    cloud.objects.put("bucket/one", HandlerJar.zip(Map.of("a", HandlerJar.utf8("1"))));
    cloud.objects.put("bucket/two", HandlerJar.zip(Map.of("a", HandlerJar.utf8("2"))));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void functionIsCreatedChangedAndDeleted() throws Exception {
    ResourceType type = type("AWS::Lambda::Function");
    ResourceRequest before = request(FUNCTION);
    PhysicalResource created = type.create(before);
    assertEquals("demo", created.physicalId());
    assertEquals(cloud.arn("demo"), created.attributes().get("Arn").asText());
    GetFunctionResponse found = function();
    assertEquals("4", found.configuration().environment().variables().get("TASK_COUNT"));
    assertEquals(5, found.concurrency().reservedConcurrentExecutions());
    assertEquals(Map.of("own", "tag", "pipelab:lab", "x"), found.tags());

    ObjectNode changed = before.properties().deepCopy();
    changed.remove("Environment");
    changed.remove("ReservedConcurrentExecutions");
    changed.put("MemorySize", 256);
    ((ObjectNode) changed.path("Code")).put("S3Key", "two");
    ResourceRequest after = request(changed.toString());
    type.update(created, before, after);
    GetFunctionResponse updated = function();
    assertEquals(256, updated.configuration().memorySize());
    assertTrue(
        updated.configuration().environment() == null
            || updated.configuration().environment().variables().isEmpty());
    assertTrue(!updated.configuration().codeSha256().equals(found.configuration().codeSha256()));
    assertEquals(null, updated.concurrency());

    type.delete(created, after);
    type.delete(created, after);
    assertThrows(AwsError.class, this::function);
  }

  @Test
  void anImageFunctionIsCreatedUpdatedAndFailsWithItsImage() throws Exception {
    String first = cloud.images.push("app:one", cloud.images.program("serve"));
    ResourceType type = type("AWS::Lambda::Function");
    ResourceRequest before = request(image(first, "\"ImageConfig\": {\"Command\": [\"x\"]},"));
    PhysicalResource created = type.create(before);
    assertEquals(
        List.of("x"), function().configuration().imageConfigResponse().imageConfig().command());

    ResourceRequest plain = request(image(first, ""));
    type.update(created, before, plain);
    assertEquals(null, function().configuration().imageConfigResponse());

    String broken = cloud.images.push("app:bad", cloud.images.broken());
    AwsError failed =
        assertThrows(AwsError.class, () -> type.update(created, plain, request(image(broken, ""))));
    assertTrue(
        failed
            .getMessage()
            .startsWith(
                "Lambda function 'demo' for version '$LATEST' failed to stabilize since it is in"
                    + " Failed update status due to InvalidImage("),
        failed.getMessage());
    assertEquals(first, function().code().imageUri());
    type.update(created, request(image(broken, "")), plain);
    assertEquals("Successful", function().configuration().lastUpdateStatusAsString());
    type.delete(created, plain);

    assertThrows(AwsError.class, () -> type.create(request(image(broken, ""))));
    assertThrows(AwsError.class, this::function);
  }

  private static String image(String uri, String more) {
    return """
        {"FunctionName": "demo", "PackageType": "Image", %s "Code": {"ImageUri": "%s"},
         "Role": "arn:aws:iam::000000000000:role/works"}
        """
        .formatted(more, uri);
  }

  @Test
  void aFunctionStandsOnTheLayersOfItsStack() throws Exception {
    cloud.objects.put("bucket/layer", HandlerJar.zip(Map.of("java/lib/x.txt", new byte[1])));
    ResourceType type = type("AWS::Lambda::LayerVersion");
    ResourceRequest layer =
        request("{\"Content\": {\"S3Bucket\": \"bucket\", \"S3Key\": \"layer\"}}");
    PhysicalResource published = type.create(layer);
    String arn = published.attributes().get("LayerVersionArn").asText();
    assertEquals(published.physicalId(), arn);
    assertEquals(cloud.cloud.arn("lambda", "layer:stack-Logical-abcdef:1"), arn);

    ResourceType functions = type("AWS::Lambda::Function");
    ObjectNode properties = (ObjectNode) new ObjectMapper().readTree(FUNCTION);
    ResourceRequest plain = request(properties.toString());
    properties.putArray("Layers").add(arn);
    ResourceRequest layered = request(properties.toString());
    PhysicalResource function = functions.create(layered);
    assertEquals(arn, function().configuration().layers().get(0).arn());
    functions.update(function, layered, plain);
    assertTrue(!function().configuration().hasLayers());
    type.delete(published, layer);
    type.delete(published, layer);
  }

  @Test
  void nameIsGeneratedWhenThereIsNone() throws Exception {
    ObjectNode unnamed = (ObjectNode) new ObjectMapper().readTree(FUNCTION);
    unnamed.remove("FunctionName");
    PhysicalResource created = type("AWS::Lambda::Function").create(request(unnamed.toString()));
    assertEquals("stack-Logical-abcdef", created.physicalId());
  }

  @Test
  void inlineCodeIsRefusedByName() throws Exception {
    String inline =
        FUNCTION.replace("\"S3Bucket\": \"bucket\", \"S3Key\": \"one\"", "\"ZipFile\": \"x\"");
    AwsError error =
        assertThrows(AwsError.class, () -> type("AWS::Lambda::Function").create(request(inline)));
    assertTrue(error.getMessage().contains("Code.ZipFile"), error.getMessage());
  }

  @Test
  void functionWhoseReservationIsRefusedIsNotLeftBehind() throws Exception {
    String greedy =
        FUNCTION.replace(
            "\"ReservedConcurrentExecutions\": \"5\"", "\"ReservedConcurrentExecutions\": 999");
    assertThrows(AwsError.class, () -> type("AWS::Lambda::Function").create(request(greedy)));
    assertThrows(AwsError.class, this::function);
  }

  @Test
  void permissionVersionAliasAndEventInvokeConfigHangOnTheFunction() throws Exception {
    type("AWS::Lambda::Function").create(request(FUNCTION));
    ResourceType permissions = type("AWS::Lambda::Permission");
    ResourceRequest permission =
        request(
            """
            {"FunctionName": "%s", "Action": "lambda:InvokeFunction",
             "Principal": "sns.amazonaws.com", "SourceArn": "arn:aws:sns:us-east-1:0:t"}
            """
                .formatted(cloud.arn("demo")));
    PhysicalResource statement = permissions.create(permission);
    GetPolicyResponse policy = cloud.call(GetPolicyRequest.builder().functionName("demo").build());
    assertTrue(policy.policy().contains(statement.physicalId()));
    permissions.delete(statement, permission);
    permissions.delete(statement, permission);

    PhysicalResource version =
        type("AWS::Lambda::Version").create(request("{\"FunctionName\": \"demo\"}"));
    assertEquals(cloud.arn("demo") + ":1", version.physicalId());
    ResourceRequest live =
        request("{\"FunctionName\": \"demo\", \"FunctionVersion\": \"1\", \"Name\": \"live\"}");
    PhysicalResource alias = type("AWS::Lambda::Alias").create(live);
    assertEquals(cloud.arn("demo") + ":live", alias.physicalId());
    ResourceRequest retries =
        request(
            "{\"FunctionName\": \"demo\", \"Qualifier\": \"live\", \"MaximumRetryAttempts\": 0}");
    PhysicalResource config = type("AWS::Lambda::EventInvokeConfig").create(retries);

    type("AWS::Lambda::EventInvokeConfig").delete(config, retries);
    type("AWS::Lambda::Alias").delete(alias, live);
    type("AWS::Lambda::Version").delete(version, request("{\"FunctionName\": \"demo\"}"));
    GetFunctionConfigurationResponse latest =
        cloud.call(GetFunctionConfigurationRequest.builder().functionName("demo").build());
    assertEquals("$LATEST", latest.version());
  }

  private GetFunctionResponse function() {
    return cloud.call(GetFunctionRequest.builder().functionName("demo").build());
  }

  private ResourceType type(String name) {
    return cloud.lambda.resourceTypes().stream()
        .filter(type -> type.schema().typeName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "arn:stack",
        "stack",
        "Logical",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of("pipelab:lab", "x"),
        "abcdef");
  }
}
