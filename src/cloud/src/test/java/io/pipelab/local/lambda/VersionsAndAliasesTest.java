package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsRequest;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

final class VersionsAndAliasesTest {
  private final LambdaFixture cloud;

  VersionsAndAliasesTest(@TempDir Path directory) {
    this.cloud = new LambdaFixture(directory);
  }

  @BeforeEach
  void create() throws Exception {
    cloud.call(cloud.plain("demo").build());
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void versionIsFrozenAndPublishedOnlyWhenSomethingChanged() {
    assertEquals("1", publish().version());
    assertEquals("1", publish().version());
    cloud.call(
        UpdateFunctionConfigurationRequest.builder().functionName("demo").timeout(9).build());
    PublishVersionResponse second = publish();
    assertEquals("2", second.version());
    assertEquals(cloud.arn("demo") + ":2", second.functionArn());
    assertEquals(20, configuration("1").timeout());
    assertEquals(9, configuration("2").timeout());
    ListVersionsByFunctionResponse all =
        cloud.call(ListVersionsByFunctionRequest.builder().functionName("demo").build());
    assertEquals(
        List.of("$LATEST", "1", "2"),
        all.versions().stream().map(FunctionConfiguration::version).toList());
  }

  @Test
  void aliasFollowsItsVersion() {
    publish();
    cloud.call(
        UpdateFunctionConfigurationRequest.builder().functionName("demo").timeout(9).build());
    publish();
    CreateAliasResponse alias = cloud.call(alias("live", "1"));
    assertEquals(cloud.arn("demo") + ":live", alias.aliasArn());
    assertEquals(20, configuration("live").timeout());
    cloud.call(
        UpdateAliasRequest.builder()
            .functionName("demo")
            .name("live")
            .functionVersion("2")
            .build());
    assertEquals(9, configuration("live").timeout());
    assertEquals(cloud.arn("demo") + ":live", configuration("live").functionArn());

    DeleteFunctionRequest second =
        DeleteFunctionRequest.builder().functionName("demo").qualifier("2").build();
    assertEquals("ResourceConflictException", refusal(second).code());
    cloud.call(DeleteAliasRequest.builder().functionName("demo").name("live").build());
    cloud.call(second);
    assertThrows(AwsError.class, () -> configuration("2"));
    ListAliasesResponse none =
        cloud.call(ListAliasesRequest.builder().functionName("demo").build());
    assertTrue(none.aliases().isEmpty());
  }

  @Test
  void aliasesAreChecked() {
    publish();
    assertTrue(refusal(alias("7", "1")).getMessage().contains("at 'name'"));
    assertEquals("ResourceNotFoundException", refusal(alias("live", "9")).code());
    cloud.call(alias("live", "1"));
    assertEquals("ResourceConflictException", refusal(alias("live", "1")).code());
    AwsError weights =
        refusal(
            alias("other", "1").toBuilder()
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("1", 0.5)))
                .build());
    assertEquals("NotImplemented", weights.code());
  }

  @Test
  void reservationsLeaveSomethingToTheAccount() {
    cloud.call(reserve(100));
    GetAccountSettingsResponse settings = cloud.call(GetAccountSettingsRequest.builder().build());
    assertEquals(900, settings.accountLimit().unreservedConcurrentExecutions());
    assertTrue(refusal(reserve(901)).getMessage().contains("below its minimum value of [100]"));
  }

  private static PutFunctionConcurrencyRequest reserve(int count) {
    return PutFunctionConcurrencyRequest.builder()
        .functionName("demo")
        .reservedConcurrentExecutions(count)
        .build();
  }

  private AwsError refusal(software.amazon.awssdk.core.SdkPojo request) {
    return assertThrows(AwsError.class, () -> cloud.call(request));
  }

  private static CreateAliasRequest alias(String name, String version) {
    return CreateAliasRequest.builder()
        .functionName("demo")
        .name(name)
        .functionVersion(version)
        .build();
  }

  private PublishVersionResponse publish() {
    return cloud.call(PublishVersionRequest.builder().functionName("demo").build());
  }

  private GetFunctionConfigurationResponse configuration(String qualifier) {
    return cloud.call(
        GetFunctionConfigurationRequest.builder()
            .functionName("demo")
            .qualifier(qualifier)
            .build());
  }
}
