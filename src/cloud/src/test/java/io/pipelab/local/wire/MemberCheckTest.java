package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.declared.Declarations;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class MemberCheckTest {
  private static void check(SdkPojo request, String... lines) {
    String block = "TheAction\n  " + String.join("\n  ", lines);
    MemberCheck.of(
            request,
            Declarations.parse(block).of("TheAction").orElseThrow().members(),
            "svc:TheAction")
        .require(request);
  }

  private static String refused(SdkPojo request, String... lines) {
    AwsError refusal = assertThrows(AwsError.class, () -> check(request, lines));
    assertEquals("NotImplemented", refusal.code());
    String text = refusal.getMessage();
    String before = "pipelab's embedded cloud does not implement the member ";
    return text.substring(before.length(), text.length() - 1);
  }

  @Test
  void whatIsNotDeclaredIsRefusedByName() {
    CreateVpcRequest request = CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build();
    check(request, "honours CidrBlock");
    assertEquals("CidrBlock of svc:TheAction", refused(request, "honours VpcId"));
  }

  @Test
  void whatIsEmptyIsNotSet() {
    assertDoesNotThrow(
        () ->
            check(
                CreateFunctionRequest.builder()
                    .functionName("f")
                    .description("")
                    .layers(List.of())
                    .environment(e -> e.variables(Map.of()))
                    .vpcConfig(v -> v.subnetIds(List.of()))
                    .build(),
                "honours FunctionName"));
    assertEquals(
        "VpcConfig of svc:TheAction",
        refused(
            CreateFunctionRequest.builder().vpcConfig(v -> v.subnetIds("subnet-1")).build(),
            "honours FunctionName"));
  }

  @Test
  void aDefaultMayBeSentAndNothingElse() {
    String line = "default DryRun=false";
    check(CreateVpcRequest.builder().dryRun(false).build(), line);
    assertEquals(
        "DryRun of svc:TheAction other than false",
        refused(CreateVpcRequest.builder().dryRun(true).build(), line));
    check(GetAuthorizationTokenRequest.builder().registryIds("1").build(), "default registryIds=1");
    refused(
        GetAuthorizationTokenRequest.builder().registryIds("1", "2").build(),
        "default registryIds=1");
  }

  @Test
  void membersOfStructuresInListsAndMapsAreLookedAt() {
    SendMessageBatchRequest request =
        SendMessageBatchRequest.builder()
            .entries(
                SendMessageBatchRequestEntry.builder()
                    .id("1")
                    .messageAttributes(
                        Map.of("a", MessageAttributeValue.builder().stringListValues("x").build()))
                    .build())
            .build();
    check(request, "honours Entries");
    check(request, "honours Entries{Id}", "harmless Entries{MessageAttributes}");
    check(request, "honours Entries{Id MessageAttributes{StringListValues}}");
    assertEquals(
        "Entries.MessageAttributes of svc:TheAction", refused(request, "honours Entries{Id}"));
    assertEquals(
        "Entries.MessageAttributes.StringListValues of svc:TheAction",
        refused(request, "honours Entries{Id MessageAttributes{StringValue}}"));
  }

  @Test
  void aDefaultOfAStructure() {
    String line = "default TracingConfig{Mode=PassThrough}";
    check(CreateFunctionRequest.builder().tracingConfig(t -> t.mode("PassThrough")).build(), line);
    assertEquals(
        "TracingConfig.Mode of svc:TheAction other than PassThrough",
        refused(
            CreateFunctionRequest.builder().tracingConfig(t -> t.mode("Active")).build(), line));
  }
}
