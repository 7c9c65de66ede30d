package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * What CDK's templates have: stored parameters, rules, and resources that a condition leaves out.
 */
class ParametersAndRulesTest {
  private static final String BOOTSTRAPPED =
      """
      Parameters:
        BootstrapVersion:
          Type: AWS::SSM::Parameter::Value<String>
          Default: /cdk-bootstrap/x/version
      Rules:
        CheckBootstrapVersion:
          Assertions:
            - Assert: {Fn::Not: [{Fn::Contains: [["1", "2"], !Ref BootstrapVersion]}]}
              AssertDescription: CDK bootstrap stack version 3 required.
      Resources:
        A:
          Type: Fake::Fake
          Properties:
            Free: !Ref BootstrapVersion
      Outputs:
        Version: {Value: !Ref BootstrapVersion}
      """;

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private static CreateStackRequest create(String template) {
    return CreateStackRequest.builder().stackName("demo").templateBody(template).build();
  }

  private Stack created(String template) {
    cloud.create("demo", template);
    return cloud.stack("demo");
  }

  private void store(String type, String value) {
    cloud.parameters.put("/cdk-bootstrap/x/version", new ParameterStore.Value(type, value));
  }

  @Test
  void aStoredParameterIsItsValue() {
    store("String", "21");
    Stack stack = created(BOOTSTRAPPED);
    assertEquals(StackStatus.CREATE_COMPLETE, stack.stackStatus());
    assertEquals("21", stack.outputs().get(0).outputValue());
    assertEquals("/cdk-bootstrap/x/version", stack.parameters().get(0).parameterValue());
    assertEquals("21", stack.parameters().get(0).resolvedValue());
  }

  @Test
  void aListOfStoredValuesIsAList() {
    store("StringList", "a,b");
    Stack stack =
        created(
            BOOTSTRAPPED
                .replace("Value<String>", "Value<List<String>>")
                .replace(
                    "{Fn::Contains: [[\"1\", \"2\"], !Ref BootstrapVersion]}",
                    "{Fn::EachMemberIn: [!Ref BootstrapVersion, [a, c]]}")
                .replace(
                    "{Value: !Ref BootstrapVersion}",
                    "{Value: !Select [1, !Ref BootstrapVersion]}"));
    assertEquals("b", stack.outputs().get(0).outputValue());
  }

  @Test
  void aStoredParameterMustBeThereAndPlain() {
    assertEquals(
        "Unable to fetch parameters [/cdk-bootstrap/x/version] from parameter store for this"
            + " account.",
        cloud.refusal(create(BOOTSTRAPPED)));
    store("SecureString", "21");
    assertTrue(
        cloud
            .refusal(create(BOOTSTRAPPED))
            .endsWith("referenced by template have types not supported by CloudFormation."));
  }

  @Test
  void aRuleIsToBeFulfilled() {
    store("String", "2");
    assertTrue(
        cloud.refusal(create(BOOTSTRAPPED)).endsWith("CDK bootstrap stack version 3 required."));
    String elsewhere =
        BOOTSTRAPPED.replace(
            "    Assertions:", "    RuleCondition: {Fn::Equals: [a, b]}\n    Assertions:");
    assertEquals(StackStatus.CREATE_COMPLETE, created(elsewhere).stackStatus());
  }

  @Test
  void aRuleMustHaveItsShape() {
    store("String", "21");
    assertTrue(
        cloud
            .refusal(create(BOOTSTRAPPED.replace("Fn::Contains", "Fn::Join")))
            .contains("Rules can only be boolean operations"));
    assertTrue(
        cloud
            .refusal(create(BOOTSTRAPPED.replace("Assertions:", "Asserted:")))
            .contains("must have a list of Assertions"));
  }

  @Test
  void macrosAreRefusedByName() {
    String sam = "Transform: AWS::Serverless-2016-10-31\n";
    assertTrue(
        cloud
            .refusal(create(sam + BOOTSTRAPPED))
            .contains("Unsupported transform AWS::Serverless-2016-10-31 (line 1)"));
  }

  @Test
  void whatAConditionLeavesOutNeedNotBeKnown() {
    String template =
        """
        Parameters:
          Key: {Type: String, Default: AWS}
        Conditions:
          Own: !Equals [!Ref Key, ""]
        Resources:
          Key:
            Type: Fake::Unknown
            Condition: Own
          A:
            Type: Fake::Strict
            Properties:
              Needed: !If [Own, !GetAtt Key.Arn, none]
              Unknown: !If [Own, !Ref Key, !Ref AWS::NoValue]
        """
            .replace("  Key: {Type", "  Which: {Type")
            .replace("[!Ref Key, \"\"]", "[!Ref Which, \"\"]");
    Stack stack = created(template);
    assertEquals(StackStatus.CREATE_COMPLETE, stack.stackStatus());
    String refusal =
        cloud.refusal(
            create(template.replace("Default: AWS", "Default: ''")).toBuilder()
                .stackName("other")
                .build());
    assertTrue(refusal.contains("Unsupported resource type Fake::Unknown"), refusal);
    assertTrue(refusal.contains("Unsupported property Unknown of Fake::Strict"), refusal);
  }
}
