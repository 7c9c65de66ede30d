package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.lambda.execution.HandlerJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.AddLayerVersionPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AddLayerVersionPermissionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionByArnRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionByArnResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.LayerVersionsListItem;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsRequest;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsResponse;
import software.amazon.awssdk.services.lambda.model.ListLayersRequest;
import software.amazon.awssdk.services.lambda.model.ListLayersResponse;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.RemoveLayerVersionPermissionRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Layers and the functions that stand on them. */
final class LayerTest {
  private static final String GREETER =
      "public class Greeter { public static String greet() { return \"%s\"; } }";
  private static final String HANDLER =
      """
      public class Caller {
        public String handle(Object event) throws Exception {
          return (String) Class.forName("Greeter").getMethod("greet").invoke(null);
        }
      }
      """;

  @TempDir private Path directory;
  private LambdaFixture cloud;

  @BeforeEach
  void start() {
    cloud = new LambdaFixture(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void versionsAreNumberedAndNumbersAreNotUsedAgain() throws Exception {
    PublishLayerVersionResponse first = publish("lib", "one");
    assertEquals(cloud.cloud.arn("lambda", "layer:lib"), first.layerArn());
    assertEquals(first.layerArn() + ":1", first.layerVersionArn());
    assertEquals(1, first.version());
    assertEquals("2026-11-21T00:00:00.000+0000".length(), first.createdDate().length());
    assertEquals(2, publish("lib", "two").version());
    delete("lib", 2);
    delete("lib", 2);
    assertEquals(3, publish(first.layerArn(), "three").version());
    GetLayerVersionResponse got =
        cloud.call(GetLayerVersionRequest.builder().layerName("lib").versionNumber(1L).build());
    assertEquals(first.content().codeSha256(), got.content().codeSha256());
    GetLayerVersionByArnResponse byArn =
        cloud.call(GetLayerVersionByArnRequest.builder().arn(first.layerVersionArn()).build());
    assertEquals(1, byArn.version());
    AwsError absent =
        assertThrows(
            AwsError.class,
            () ->
                cloud.call(
                    GetLayerVersionRequest.builder().layerName("lib").versionNumber(2L).build()));
    assertEquals("The resource you requested does not exist.", absent.getMessage());
    assertEquals(404, absent.status());
  }

  @Test
  void layersAreListedNewestVersionFirstAndByWhatTheyAreFor() throws Exception {
    publish("b", "one");
    publish("a", "one", request -> request.compatibleRuntimesWithStrings("java17"));
    publish("a", "two", request -> request.compatibleArchitecturesWithStrings("arm64"));
    ListLayersResponse all = cloud.call(ListLayersRequest.builder().build());
    assertEquals(
        List.of("a 2", "b 1"),
        all.layers().stream()
            .map(layer -> layer.layerName() + " " + layer.latestMatchingVersion().version())
            .toList());
    ListLayersResponse forJava =
        cloud.call(ListLayersRequest.builder().compatibleRuntime("java17").build());
    assertEquals(1, forJava.layers().size());
    assertEquals(1, forJava.layers().get(0).latestMatchingVersion().version());
    ListLayerVersionsResponse versions =
        cloud.call(ListLayerVersionsRequest.builder().layerName("a").build());
    assertEquals(
        List.of(2L, 1L),
        versions.layerVersions().stream().map(LayerVersionsListItem::version).toList());
    ListLayerVersionsResponse page =
        cloud.call(ListLayerVersionsRequest.builder().layerName("a").maxItems(1).build());
    assertEquals(1, page.layerVersions().size());
    assertFalse(page.nextMarker().isEmpty());
    ListLayerVersionsResponse none =
        cloud.call(ListLayerVersionsRequest.builder().layerName("none").build());
    assertEquals(List.of(), none.layerVersions());
  }

  @Test
  void whatAFunctionNamesHasToBeThere() throws Exception {
    String one = publish("lib", "one").layerVersionArn();
    String two = publish("lib", "two").layerVersionArn();
    String gone = one.replace(":1", ":7");
    assertEquals("Layer version " + gone + " does not exist.", refused(gone));
    assertEquals(
        "Two different versions of the same layer are not allowed to be referenced in the same"
            + " function. "
            + one
            + " and "
            + two
            + " are versions of the same layer.",
        refused(one, two));
    List<String> six = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.add(publish("lib" + i, "one").layerVersionArn());
    }
    assertEquals("Cannot reference more than 5 layers.", refused(six.toArray(String[]::new)));
    assertTrue(refused("lib").startsWith("1 validation error detected: Value '[lib]' at 'layers'"));
    String other = one.replace("000000000000", "111111111111");
    assertEquals("Layer version " + other + " does not exist.", refused(other));
  }

  @Test
  void aLayersJarsAreOnTheClassPathAndTheLaterLayerWins() throws Exception {
    String first = publish("first", "one").layerVersionArn();
    String second = publish("second", "two").layerVersionArn();
    cloud.call(
        cloud
            .plain("demo")
            .handler("Caller::handle")
            .layers(first, second)
            .code(code -> code.zipFile(SdkBytes.fromByteArray(jar("Caller", HANDLER))))
            .build());
    List<Layer> layers = configuration().layers();
    assertEquals(List.of(first, second), layers.stream().map(Layer::arn).toList());
    assertNotEquals(0, layers.get(0).codeSize());
    assertEquals("\"two\"", says());

    configure(change -> change.layers(second, first));
    assertEquals("\"one\"", says());
    configure(change -> change.memorySize(300));
    assertEquals(2, configuration().layers().size());

    delete("first", 1);
    cloud.call(
        UpdateFunctionCodeRequest.builder()
            .functionName("demo")
            .zipFile(SdkBytes.fromByteArray(jar("Caller", HANDLER + "\n")))
            .build());
    assertEquals("\"one\"", says(), "a function keeps what it was given");

    configure(change -> change.layers(List.of()));
    assertFalse(configuration().hasLayers());
    assertEquals("Unhandled", invoke().functionError());
  }

  @Test
  void whatNobodyUsesIsDeleted() throws Exception {
    String layer = publish("lib", "one").layerVersionArn();
    cloud.call(cloud.plain("demo").layers(layer).build());
    assertEquals(2, cloud.storedPackages());
    delete("lib", 1);
    assertEquals(2, cloud.storedPackages());
    cloud.call(DeleteFunctionRequest.builder().functionName("demo").build());
    assertEquals(0, cloud.storedPackages());
  }

  @Test
  void otherAccountsAreLetInByStatement() throws Exception {
    publish("lib", "one");
    assertEquals(
        "No policy is associated with the given resource.",
        assertThrows(AwsError.class, this::policy).getMessage());
    AddLayerVersionPermissionResponse added = permit("all", "*");
    assertTrue(added.statement().contains("\"Principal\":\"*\""), added.statement());
    permit("one", "111111111111");
    assertTrue(policy().policy().contains("arn:aws:iam::111111111111:root"), policy().policy());
    AwsError twice = assertThrows(AwsError.class, () -> permit("one", "*"));
    assertEquals("ResourceConflictException", twice.code());
    AwsError stale =
        assertThrows(
            AwsError.class, () -> remove(request -> request.statementId("one").revisionId("x")));
    assertEquals("PreconditionFailedException", stale.code());
    remove(request -> request.statementId("one"));
    remove(request -> request.statementId("all"));
    assertThrows(AwsError.class, this::policy);
    AwsError absent =
        assertThrows(
            AwsError.class,
            () ->
                cloud.call(
                    GetLayerVersionPolicyRequest.builder()
                        .layerName("lib")
                        .versionNumber(9L)
                        .build()));
    assertEquals(404, absent.status());
  }

  private PublishLayerVersionResponse publish(String layer, String says) throws Exception {
    return publish(layer, says, request -> {});
  }

  private PublishLayerVersionResponse publish(
      String layer, String says, Consumer<PublishLayerVersionRequest.Builder> change)
      throws Exception {
    byte[] zip =
        HandlerJar.zip(Map.of("java/lib/greeter.jar", jar("Greeter", GREETER.formatted(says))));
    PublishLayerVersionRequest.Builder request =
        PublishLayerVersionRequest.builder()
            .layerName(layer)
            .content(content -> content.zipFile(SdkBytes.fromByteArray(zip)));
    change.accept(request);
    return cloud.call(request.build());
  }

  private byte[] jar(String name, String source) {
    try {
      return HandlerJar.of(name, source, directory);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void delete(String layer, long version) {
    cloud.call(DeleteLayerVersionRequest.builder().layerName(layer).versionNumber(version).build());
  }

  private String refused(String... layers) {
    return assertThrows(
            AwsError.class, () -> cloud.call(cloud.plain("other").layers(layers).build()))
        .getMessage();
  }

  private void configure(Consumer<UpdateFunctionConfigurationRequest.Builder> change) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder().functionName("demo");
    change.accept(request);
    cloud.call(request.build());
  }

  private FunctionConfiguration configuration() {
    GetFunctionResponse found =
        cloud.call(GetFunctionRequest.builder().functionName("demo").build());
    return found.configuration();
  }

  private InvokeResponse invoke() throws Exception {
    return cloud.<InvokeResponse>begin(InvokeRequest.builder().functionName("demo").build()).get();
  }

  private String says() throws Exception {
    return invoke().payload().asUtf8String();
  }

  private AddLayerVersionPermissionResponse permit(String id, String principal) {
    return cloud.call(
        AddLayerVersionPermissionRequest.builder()
            .layerName("lib")
            .versionNumber(1L)
            .statementId(id)
            .action("lambda:GetLayerVersion")
            .principal(principal)
            .build());
  }

  private void remove(Consumer<RemoveLayerVersionPermissionRequest.Builder> change) {
    RemoveLayerVersionPermissionRequest.Builder request =
        RemoveLayerVersionPermissionRequest.builder().layerName("lib").versionNumber(1L);
    change.accept(request);
    cloud.call(request.build());
  }

  private GetLayerVersionPolicyResponse policy() {
    return cloud.call(
        GetLayerVersionPolicyRequest.builder().layerName("lib").versionNumber(1L).build());
  }
}
