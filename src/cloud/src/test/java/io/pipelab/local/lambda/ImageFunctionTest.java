package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ContainerImages.Image;
import io.pipelab.local.lambda.execution.HandlerJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionCodeLocation;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Functions that are container images, as far as no process is needed. */
final class ImageFunctionTest {
  @TempDir private Path directory;
  private LambdaFixture cloud;
  private Image first;
  private String uri;

  @BeforeEach
  void start() throws Exception {
    cloud = new LambdaFixture(directory);
    first = cloud.images.program("serve");
    uri = cloud.images.push("app:latest", first);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void theImageIsResolvedWhenTheCodeIsSet() throws Exception {
    CreateFunctionResponse created = cloud.call(cloud.image("demo", uri).build());
    assertEquals("Pending", created.stateAsString());
    assertEquals("Creating", created.stateReasonCodeAsString());
    assertEquals("Image", created.packageTypeAsString());
    assertNull(created.runtimeAsString());
    assertNull(created.handler());
    assertEquals(first.digest(), "sha256:" + created.codeSha256());
    assertEquals(0, created.codeSize());

    cloud.images.push("app:latest", cloud.images.program("later"));
    GetFunctionResponse found = function("demo", null);
    assertEquals("Active", found.configuration().stateAsString());
    FunctionCodeLocation code = found.code();
    assertEquals("ECR", code.repositoryType());
    assertEquals(uri, code.imageUri());
    assertEquals(uri.replace(":latest", "@" + first.digest()), code.resolvedImageUri());
    assertNull(code.location());
  }

  @Test
  void newCodeIsAnotherImageAndVersionsKeepTheirs() throws Exception {
    cloud.call(cloud.image("demo", uri).build());
    PublishVersionResponse one =
        cloud.call(PublishVersionRequest.builder().functionName("demo").build());
    Image second = cloud.images.program("later");
    UpdateFunctionCodeResponse updated = update(cloud.images.push("app:two", second));
    assertEquals("InProgress", updated.lastUpdateStatusAsString());
    assertEquals(second.digest(), "sha256:" + configuration("demo").codeSha256());
    assertEquals("Successful", configuration("demo").lastUpdateStatusAsString());
    assertEquals(first.digest(), "sha256:" + one.codeSha256());
    assertTrue(function("demo", "1").code().resolvedImageUri().endsWith(first.digest()));
  }

  @Test
  void whatTheRegistryDoesNotGiveIsRefusedInLambdasWords() throws Exception {
    assertRefused(
        request -> request.code(code -> code.imageUri(uri + "r")),
        "InvalidParameterValueException",
        "Source image " + uri + "r does not exist. Provide a valid source image.");
    assertRefused(
        request -> request.code(code -> code.imageUri("public.ecr.aws/lambda/java:17")),
        "InvalidParameterValueException",
        "Source image public.ecr.aws/lambda/java:17 is not valid. Provide a valid source image.");
    cloud.images.closed.add("app");
    assertRefused(
        request -> {},
        "AccessDeniedException",
        "Lambda does not have permission to access the ECR image. Check the ECR permissions.");
    String index = cloud.images.push("many:latest", cloud.images.index());
    assertRefused(
        request -> request.code(code -> code.imageUri(index)),
        "InvalidParameterValueException",
        "The image manifest, config or layer media type for the source image "
            + index
            + " is not supported.");
    AwsError other =
        refused(request -> request.code(code -> code.imageUri(uri.replace("0000", "1111"))));
    assertEquals("NotImplemented", other.code());
  }

  @Test
  void handlersAndLayersBelongToArchivesAndImageConfigToImages() throws Exception {
    String images =
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType"
            + " is Image.";
    String invalid = "InvalidParameterValueException";
    assertRefused(request -> request.runtime("java17"), invalid, images);
    assertRefused(request -> request.handler("a.B::c"), invalid, images);
    assertRefused(request -> request.layers("arn:aws:lambda:::layer:x:1"), invalid, images);
    assertRefused(
        request -> request.code(code -> code.s3Bucket("b").s3Key("k")),
        invalid,
        "Please provide ImageUri when creating a function with packageType Image.");
    assertRefused(
        request -> request.packageType("Zip").runtime("java17").handler("a.B"),
        invalid,
        "Please don't provide ImageUri when creating a function with packageType Zip.");
    cloud.call(cloud.image("demo", uri).build());
    cloud.call(cloud.plain("zip").build());
    assertEquals(images, notConfigured("demo", change -> change.handler("a.B::c")));
    assertEquals(images, notConfigured("demo", change -> change.runtime("java17")));
    assertEquals(
        "Please don't provide ImageConfig when the intended function PackageType is Zip.",
        notConfigured("zip", change -> change.imageConfig(config -> config.command("x"))));
  }

  @Test
  void aFunctionKeepsItsPackageType() throws Exception {
    cloud.call(cloud.image("demo", uri).build());
    cloud.call(cloud.plain("zip").build());
    byte[] zip = HandlerJar.zip(Map.of("b", HandlerJar.utf8("b")));
    assertEquals(
        "Please provide ImageUri when updating a function with packageType Image.",
        notUpdated(
            UpdateFunctionCodeRequest.builder()
                .functionName("demo")
                .zipFile(SdkBytes.fromByteArray(zip))));
    assertEquals(
        "Please don't provide ImageUri when updating a function with packageType Zip.",
        notUpdated(UpdateFunctionCodeRequest.builder().functionName("zip").imageUri(uri)));
  }

  @Test
  void overridesAreKeptUntilTheyAreTakenBack() throws Exception {
    cloud.call(
        cloud
            .image("demo", uri)
            .imageConfig(config -> config.command("serve", "x").workingDirectory("/opt"))
            .build());
    assertEquals(
        List.of("serve", "x"), configuration("demo").imageConfigResponse().imageConfig().command());
    configure("demo", change -> change.memorySize(512));
    assertEquals(
        "/opt", configuration("demo").imageConfigResponse().imageConfig().workingDirectory());
    configure("demo", change -> change.imageConfig(config -> {}));
    assertNull(configuration("demo").imageConfigResponse());
  }

  @Test
  void anImageThatCannotBeUnpackedMakesAFailedFunction() throws Exception {
    String broken = cloud.images.push("bad:latest", cloud.images.broken());
    cloud.call(cloud.image("demo", broken).build());
    FunctionConfiguration failed = configuration("demo");
    assertEquals("Failed", failed.stateAsString());
    assertEquals("InvalidImage", failed.stateReasonCodeAsString());
    assertTrue(failed.stateReason().startsWith("The image is not valid: "), failed.stateReason());
    AwsError refused =
        assertThrows(
            AwsError.class, () -> cloud.call(InvokeRequest.builder().functionName("demo").build()));
    assertEquals("CodeArtifactUserFailedException", refused.code());
    assertEquals(409, refused.status());

    update(uri);
    assertEquals("Active", configuration("demo").stateAsString());
    assertNull(configuration("demo").stateReasonCodeAsString());
  }

  @Test
  void anUpdateToABrokenImageLeavesTheFunctionAsItWas() throws Exception {
    cloud.call(cloud.image("demo", uri).build());
    FunctionConfiguration before = configuration("demo");
    update(cloud.images.push("bad:latest", cloud.images.broken()));
    FunctionConfiguration after = configuration("demo");
    assertEquals("Active", after.stateAsString());
    assertEquals("Failed", after.lastUpdateStatusAsString());
    assertEquals("InvalidImage", after.lastUpdateStatusReasonCodeAsString());
    assertEquals(before.codeSha256(), after.codeSha256());
    assertEquals(before.revisionId(), after.revisionId());

    configure("demo", change -> change.memorySize(512));
    assertEquals("Successful", configuration("demo").lastUpdateStatusAsString());
    assertNull(configuration("demo").lastUpdateStatusReasonCodeAsString());
  }

  @Test
  void aFunctionWhoseImageIsGoneCannotBeChanged() throws Exception {
    cloud.call(cloud.image("demo", uri).build());
    cloud.images.closed.add("app");
    configure("demo", change -> change.memorySize(512));
    assertEquals("ImageAccessDenied", configuration("demo").lastUpdateStatusReasonCodeAsString());
    assertEquals(256, configuration("demo").memorySize());
    cloud.images.closed.clear();
    cloud.images.delete(first);
    configure("demo", change -> change.memorySize(512));
    FunctionConfiguration failed = configuration("demo");
    assertEquals("ImageDeleted", failed.lastUpdateStatusReasonCodeAsString());
    assertEquals("The function is trying to use a deleted image.", failed.lastUpdateStatusReason());
    assertEquals("Active", failed.stateAsString());
  }

  @Test
  void aProgramOfTheImageThatIsNotJavaIsRefusedByName() throws Exception {
    String shell =
        cloud.images.push(
            "shell:latest", cloud.images.image("sh", "{\"Entrypoint\": [\"/bin/sh\", \"-c\"]}"));
    AwsError refused = refused(request -> request.code(code -> code.imageUri(shell)));
    assertEquals("NotImplemented", refused.code());
    assertTrue(refused.getMessage().contains("'/bin/sh' is not java"), refused.getMessage());
    AwsError byPath = refused(request -> request.imageConfig(config -> config.entryPoint("sh")));
    assertTrue(byPath.getMessage().contains("'sh' is not java"), byPath.getMessage());
  }

  @Test
  void whatNobodyUsesIsDeleted() throws Exception {
    Path images = directory.resolve("lambda").resolve("images");
    cloud.call(cloud.image("demo", uri).build());
    update(cloud.images.push("app:two", cloud.images.program("later")));
    assertNotEquals(0, unpacked(images));
    cloud.lambda.close();
    assertEquals(0, unpacked(images));
  }

  private static int unpacked(Path images) {
    String[] folders = images.resolve("unpacked").toFile().list();
    return folders == null ? 0 : folders.length;
  }

  private UpdateFunctionCodeResponse update(String image) {
    return cloud.call(
        UpdateFunctionCodeRequest.builder().functionName("demo").imageUri(image).build());
  }

  private String notUpdated(UpdateFunctionCodeRequest.Builder request) {
    return assertThrows(AwsError.class, () -> cloud.call(request.build())).getMessage();
  }

  private void configure(String name, Consumer<UpdateFunctionConfigurationRequest.Builder> change) {
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder().functionName(name);
    change.accept(request);
    cloud.call(request.build());
  }

  private String notConfigured(
      String name, Consumer<UpdateFunctionConfigurationRequest.Builder> change) {
    return assertThrows(AwsError.class, () -> configure(name, change)).getMessage();
  }

  private GetFunctionResponse function(String name, String qualifier) {
    return cloud.call(GetFunctionRequest.builder().functionName(name).qualifier(qualifier).build());
  }

  private FunctionConfiguration configuration(String name) {
    return function(name, null).configuration();
  }

  private AwsError refused(Consumer<CreateFunctionRequest.Builder> change) {
    CreateFunctionRequest.Builder request = cloud.image("other", uri);
    change.accept(request);
    return assertThrows(AwsError.class, () -> cloud.call(request.build()));
  }

  private void assertRefused(
      Consumer<CreateFunctionRequest.Builder> change, String code, String message) {
    AwsError error = refused(change);
    assertEquals(code + ": " + message, error.code() + ": " + error.getMessage());
  }
}
