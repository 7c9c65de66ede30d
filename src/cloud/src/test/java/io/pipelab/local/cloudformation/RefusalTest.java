package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.ValidateTemplateResponse;

class RefusalTest {
  private static final String UNSUPPORTED =
      """
      Resources:
        A:
          Type: AWS::Foo::Bar
        B:
          Type: Fake::Fake
          Properties:
            Free: 1
            Nope: 2
        C:
          Type: Fake::Strict
      """;
  private static final String COLLECTED =
      "Template error: Unsupported resource type AWS::Foo::Bar (line 3);"
          + " Unsupported property Nope of Fake::Fake in resource B (line 8);"
          + " Missing property Needed of Fake::Strict in resource C (line 9)";
  private static final String ROLE =
      "Resources: {R: {Type: 'AWS::IAM::Role', Properties: {Free: 1}}}";

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private static CreateStackRequest create(String template) {
    return CreateStackRequest.builder().stackName("demo").templateBody(template).build();
  }

  @Test
  void whatDoesNotExistHereFailsByNameBeforeAnythingIsCreated() {
    assertEquals(COLLECTED, cloud.refusal(create(UNSUPPORTED)));
    assertEquals(
        COLLECTED,
        cloud.refusal(ValidateTemplateRequest.builder().templateBody(UNSUPPORTED).build()));
    assertEquals(List.of(), cloud.fake.calls);
    assertEquals(
        "Stack with id demo does not exist",
        cloud.refusal(DescribeStacksRequest.builder().stackName("demo").build()));
  }

  @Test
  void anAttributeThatTheTypeDoesNotHaveIsNamed() {
    assertEquals(
        "Template error: resource A does not support attribute type Url in Fn::GetAtt",
        cloud.refusal(
            create(
                "Resources: {A: {Type: 'Fake::Fake'}, B: {Type: 'Fake::Fake', Properties: {Free:"
                    + " !GetAtt A.Url}}}")));
  }

  @Test
  void iamNeedsACapability() {
    assertEquals(
        "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]",
        cloud.refusal(create(ROLE)));
    assertEquals(
        "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]",
        cloud.refusal(
            create(ROLE.replace("Free: 1", "RoleName: r")).toBuilder()
                .capabilities(Capability.CAPABILITY_IAM)
                .build()));
    cloud.create("demo", ROLE, r -> r.capabilities(Capability.CAPABILITY_NAMED_IAM));
    assertEquals("CREATE_COMPLETE", cloud.status("demo"));
    assertEquals(Capability.CAPABILITY_NAMED_IAM, cloud.stack("demo").capabilities().get(0));
  }

  @Test
  void templatesAreLimitedInSize() {
    String big = "Description: x\n" + "#".repeat(51_200) + "\nResources: {A: {Type: 'Fake::Fake'}}";
    assertTrue(
        cloud.refusal(create(big)).endsWith("Member must have length less than or equal to 51200"));
    cloud.objects.put("bucket/a/t.yaml", big);
    for (String url :
        List.of(
            "http://127.0.0.1:4566/bucket/a/t.yaml",
            "https://s3.us-east-1.amazonaws.com/bucket/a/t.yaml",
            "https://bucket.s3.amazonaws.com/a/t.yaml")) {
      assertEquals(
          "x",
          cloud
              .call(
                  ValidateTemplateRequest.builder().templateURL(url).build(),
                  ValidateTemplateResponse.class)
              .description());
    }
    cloud.objects.put("bucket/huge", "#".repeat(1_100_000));
    assertEquals(
        "Template may not exceed 1048576 bytes in size.",
        cloud.refusal(
            ValidateTemplateRequest.builder()
                .templateURL("https://bucket.s3.amazonaws.com/huge")
                .build()));
    assertEquals(
        "S3 error: The specified key does not exist.",
        cloud.refusal(
            ValidateTemplateRequest.builder()
                .templateURL("https://bucket.s3.amazonaws.com/none")
                .build()));
    assertEquals(
        "TemplateURL must be a supported URL.",
        cloud.refusal(
            ValidateTemplateRequest.builder().templateURL("https://example.com/b/k").build()));
  }

  @Test
  void aStackNeedsANameAndATemplate() {
    assertEquals(
        "1 validation error detected: Value '1x' at 'stackName' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
        cloud.refusal(create("x").toBuilder().stackName("1x").build()));
    assertEquals(
        "Either Template URL or Template Body must be specified.",
        cloud.refusal(CreateStackRequest.builder().stackName("demo").build()));
  }

  @Test
  void requestParametersThatWouldBeIgnoredAreRefused() {
    assertEquals(
        "NotImplemented: pipelab's embedded cloud does not implement CloudFormation's request"
            + " parameter NotificationARNs.",
        cloud.refusal(create("x").toBuilder().notificationARNs("arn:aws:sns:x").build()));
  }

  @Test
  void aMappingThatIsMissingIsFoundBeforeAnythingIsCreated() {
    assertEquals(
        "Template error: Unable to get mapping for M::us-east-1::x",
        cloud.refusal(
            create(
                "Mappings: {M: {eu-west-1: {x: 1}}}\n"
                    + "Resources: {A: {Type: 'Fake::Fake'}, B: {Type: 'Fake::Fake', DependsOn: A,"
                    + " Properties: {Free: !FindInMap [M, !Ref AWS::Region, x]}}}")));
  }

  @Test
  void aResourceThatAStackDoesNotHave() {
    cloud.create("demo", "Resources: {A: {Type: 'Fake::Fake'}}");
    assertEquals(
        "Resource X does not exist for stack demo",
        cloud.refusal(
            DescribeStackResourceRequest.builder()
                .stackName("demo")
                .logicalResourceId("X")
                .build()));
  }

  @Test
  void aSummaryTellsParametersTypesAndCapabilities() {
    GetTemplateSummaryResponse summary =
        cloud.call(
            GetTemplateSummaryRequest.builder()
                .templateBody(
                    "AWSTemplateFormatVersion: 2010-09-09\nDescription: d\nParameters: {P: {Type:"
                        + " Number, Default: 4, AllowedValues: [4, 5]}}\n"
                        + ROLE)
                .build(),
            GetTemplateSummaryResponse.class);
    assertEquals("2010-09-09", summary.version());
    assertEquals("4", summary.parameters().get(0).defaultValue());
    assertEquals(
        List.of("4", "5"), summary.parameters().get(0).parameterConstraints().allowedValues());
    assertEquals(List.of("AWS::IAM::Role"), summary.resourceTypes());
    assertEquals(
        "The following resource(s) require capabilities: [AWS::IAM::Role]",
        summary.capabilitiesReason());
  }
}
