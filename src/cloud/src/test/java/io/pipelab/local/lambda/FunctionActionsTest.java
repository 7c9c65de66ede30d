package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.lambda.execution.HandlerJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;
import software.amazon.awssdk.services.lambda.model.ListTagsResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.TagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

final class FunctionActionsTest {
  private final LambdaFixture cloud;

  FunctionActionsTest(@TempDir Path directory) {
    this.cloud = new LambdaFixture(directory);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void newFunctionIsPendingAtFirstAndThenActive() throws Exception {
    CreateFunctionResponse created =
        cloud.call(
            cloud.plain("demo").environment(env -> env.variables(Map.of("A1", "b"))).build());
    assertEquals(State.PENDING, created.state());
    assertEquals(cloud.arn("demo"), created.functionArn());
    assertEquals("$LATEST", created.version());
    assertEquals("b", created.environment().variables().get("A1"));
    assertEquals("/aws/lambda/demo", created.loggingConfig().logGroup());

    GetFunctionConfigurationResponse found = configuration("demo");
    assertEquals(State.ACTIVE, found.state());
    assertEquals(LastUpdateStatus.SUCCESSFUL, found.lastUpdateStatus());
    assertEquals(created.codeSha256(), found.codeSha256());
    assertEquals("2026-11-21T03:00:00.000+0000", found.lastModified());
    assertEquals(configuration(cloud.arn("demo")), found);
    assertEquals(configuration("000000000000:function:demo"), found);
  }

  @Test
  void codeStaysAsLongAsAVersionHasIt() throws Exception {
    cloud.call(cloud.plain("demo").build());
    assertThrows(AwsError.class, () -> cloud.call(cloud.plain("demo").build()));
    assertEquals(1, cloud.storedPackages());
    cloud.call(code("two").dryRun(true).build());
    assertEquals(1, cloud.storedPackages());
    cloud.call(code("two").publish(true).build());
    assertEquals(1, cloud.storedPackages());
    cloud.call(code("three").build());
    cloud.call(
        UpdateFunctionConfigurationRequest.builder().functionName("demo").timeout(9).build());
    assertEquals(2, cloud.storedPackages());
    cloud.call(DeleteFunctionRequest.builder().functionName("demo").qualifier("1").build());
    assertEquals(1, cloud.storedPackages());
    cloud.call(DeleteFunctionRequest.builder().functionName("demo").build());
    assertEquals(0, cloud.storedPackages());
  }

  private static UpdateFunctionCodeRequest.Builder code(String text) throws Exception {
    byte[] zip = HandlerJar.zip(Map.of("note.txt", HandlerJar.utf8(text)));
    return UpdateFunctionCodeRequest.builder()
        .functionName("demo")
        .zipFile(SdkBytes.fromByteArray(zip));
  }

  @Test
  void codeComesFromAnObject() throws Exception {
    byte[] zip = HandlerJar.zip(Map.of("a", HandlerJar.utf8("a")));
    cloud.objects.put("bucket/key.jar", zip);
    CreateFunctionResponse created =
        cloud.call(
            cloud.plain("demo").code(code -> code.s3Bucket("bucket").s3Key("key.jar")).build());
    assertEquals(zip.length, created.codeSize());
    AwsError error =
        refused(request -> request.code(code -> code.s3Bucket("bucket").s3Key("other")));
    assertEquals(
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified"
            + " key does not exist.",
        error.getMessage());
  }

  @Test
  void settingsAreValidatedInAwssWords() throws Exception {
    assertRefused(
        request -> request.memorySize(64),
        "Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater"
            + " than or equal to 128");
    assertRefused(request -> request.timeout(901), "Value '901' at 'timeout'");
    assertRefused(request -> request.functionName("a b"), "Value 'a b' at 'functionName'");
    assertRefused(request -> request.role("me"), "Value 'me' at 'role'");
    assertRefused(request -> request.role(null), "Value null at 'role'");
    assertRefused(request -> request.handler(null), "Runtime and Handler are mandatory");
    assertRefused(request -> request.runtime("cobol"), "Value cobol at 'runtime' failed");
    assertRefused(
        request -> request.role(cloud.cloud.globalArn("iam", "role/missing")),
        "The role defined for the function cannot be assumed by Lambda.");
    assertRefused(
        request -> request.environment(env -> env.variables(Map.of("AWS_REGION", "x"))),
        "reserved keys");
    assertRefused(
        request -> request.environment(env -> env.variables(Map.of("BIG", "x".repeat(5000)))),
        "exceeded the 4KB limit");
    assertRefused(
        request -> request.code(code -> code.zipFile(SdkBytes.fromUtf8String("no zip"))),
        "Could not unzip uploaded file.");
  }

  @Test
  void whatIsNotImplementedIsRefusedByName() throws Exception {
    assertEquals("NotImplemented", refused(request -> request.runtime("python3.12")).code());
    assertRefused(request -> request.runtime("python3.12"), "runtime python3.12");
  }

  @Test
  void runtimeThatIsNewerThanTheHostIsRefused() {
    RuntimeSupport.check("java17", 17);
    RuntimeSupport.check("java11", 17);
    AwsError error = assertThrows(AwsError.class, () -> RuntimeSupport.check("java21", 17));
    assertTrue(error.getMessage().contains("runtime java21 on Java 17"), error.getMessage());
  }

  @Test
  void nameIsTakenOnlyOnce() throws Exception {
    cloud.call(cloud.plain("demo").build());
    AwsError error = assertThrows(AwsError.class, () -> cloud.call(cloud.plain("demo").build()));
    assertEquals("ResourceConflictException", error.code());
    assertEquals(409, error.status());
  }

  @Test
  void updatesChangeWhatTheyNameAndTheRevision() throws Exception {
    CreateFunctionResponse created = cloud.call(cloud.plain("demo").build());
    cloud.call(
        UpdateFunctionConfigurationRequest.builder()
            .functionName("demo")
            .revisionId(created.revisionId())
            .memorySize(1024)
            .build());
    GetFunctionConfigurationResponse found = configuration("demo");
    assertEquals(1024, found.memorySize());
    assertEquals(20, found.timeout());
    assertNotEquals(created.revisionId(), found.revisionId());
    AwsError stale =
        assertThrows(
            AwsError.class,
            () ->
                cloud.call(
                    UpdateFunctionConfigurationRequest.builder()
                        .functionName("demo")
                        .revisionId(created.revisionId())
                        .timeout(5)
                        .build()));
    assertEquals("PreconditionFailedException", stale.code());

    byte[] zip = HandlerJar.zip(Map.of("b", HandlerJar.utf8("b")));
    cloud.call(
        UpdateFunctionCodeRequest.builder()
            .functionName("demo")
            .zipFile(SdkBytes.fromByteArray(zip))
            .build());
    assertNotEquals(found.codeSha256(), configuration("demo").codeSha256());
    assertEquals(1024, configuration("demo").memorySize());
  }

  @Test
  void getFunctionTellsWhereTheCodeIs() throws Exception {
    cloud.call(cloud.plain("demo").tags(Map.of("k", "v")).build());
    GetFunctionResponse found =
        cloud.call(GetFunctionRequest.builder().functionName("demo").build());
    assertEquals("S3", found.code().repositoryType());
    assertTrue(found.code().location().startsWith("file:/"));
    assertEquals(Map.of("k", "v"), found.tags());
    assertNull(found.concurrency());
  }

  @Test
  void functionsAreListedInPages() throws Exception {
    for (String name : List.of("c", "a", "b")) {
      cloud.call(cloud.plain(name).build());
    }
    ListFunctionsResponse first = cloud.call(ListFunctionsRequest.builder().maxItems(2).build());
    assertEquals(List.of("a", "b"), names(first));
    ListFunctionsResponse rest =
        cloud.call(ListFunctionsRequest.builder().marker(first.nextMarker()).build());
    assertEquals(List.of("c"), names(rest));
    assertNull(rest.nextMarker());
  }

  @Test
  void deletedFunctionIsGone() throws Exception {
    cloud.call(cloud.plain("demo").build());
    cloud.call(DeleteFunctionRequest.builder().functionName("demo").build());
    AwsError error = assertThrows(AwsError.class, () -> configuration("demo"));
    assertEquals("ResourceNotFoundException", error.code());
    assertEquals("Function not found: " + cloud.arn("demo"), error.getMessage());
  }

  @Test
  void tagsChange() throws Exception {
    cloud.call(cloud.plain("demo").tags(Map.of("a", "1", "b", "2")).build());
    String arn = cloud.arn("demo");
    cloud.call(TagResourceRequest.builder().resource(arn).tags(Map.of("b", "3")).build());
    cloud.call(UntagResourceRequest.builder().resource(arn).tagKeys("a").build());
    ListTagsResponse tags = cloud.call(ListTagsRequest.builder().resource(arn).build());
    assertEquals(Map.of("b", "3"), tags.tags());
  }

  private static List<String> names(ListFunctionsResponse response) {
    return response.functions().stream().map(FunctionConfiguration::functionName).toList();
  }

  private GetFunctionConfigurationResponse configuration(String name) {
    return cloud.call(GetFunctionConfigurationRequest.builder().functionName(name).build());
  }

  private AwsError refused(Consumer<CreateFunctionRequest.Builder> change) throws Exception {
    CreateFunctionRequest.Builder request = cloud.plain("other");
    change.accept(request);
    return assertThrows(AwsError.class, () -> cloud.call(request.build()));
  }

  private void assertRefused(Consumer<CreateFunctionRequest.Builder> change, String message)
      throws Exception {
    AwsError error = refused(change);
    assertTrue(error.getMessage().contains(message), error.code() + ": " + error.getMessage());
  }
}
