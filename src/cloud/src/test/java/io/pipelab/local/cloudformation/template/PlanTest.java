package io.pipelab.local.cloudformation.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  private static Plan plan(String body, Map<String, String> parameters) {
    Template template = Template.parse(body);
    return new Plan(
        template,
        ParameterValues.of(template, parameters),
        Map.of(),
        new PseudoParameters("000000000000", "us-east-1", "arn:stack", "demo"));
  }

  private static String refusal(String body, Map<String, String> parameters) {
    return assertThrows(AwsError.class, () -> plan(body, parameters)).getMessage();
  }

  @Test
  void referencesAndDependsOnMakeTheOrder() {
    Plan plan =
        plan(
            """
            Resources:
              A: {Type: T, Properties: {P: !Ref B}}
              B: {Type: T, Properties: {P: !Sub '${C.Arn}'}}
              C: {Type: T, DependsOn: D}
              D: {Type: T}
              E: {Type: T, Properties: {P: {Fn::Join: ['', [{Fn::GetAtt: [A, X]}]]}}}
            """,
            Map.of());
    assertEquals(List.of("D", "C", "B", "A", "E"), plan.graph().order());
    assertEquals(Set.of("A"), plan.graph().needs().get("E"));
  }

  @Test
  void aCircleIsNamed() {
    assertEquals(
        "Circular dependency between resources: [A, B]",
        refusal(
            """
            Resources:
              A: {Type: T, Properties: {P: !Ref B}}
              B: {Type: T, DependsOn: A}
              C: {Type: T, DependsOn: A}
            """,
            Map.of()));
  }

  @Test
  void conditionsDecideWhatExists() {
    String body =
        """
        Parameters:
          Stage: {Type: String, Default: dev}
        Conditions:
          Prod: !Equals [!Ref Stage, prod]
          Test: !Equals [!Ref Stage, test]
          Either: !Or [!Condition Prod, !Condition Test]
          Both: !And [!Condition Either, !Not [!Condition Test]]
        Resources:
          Always: {Type: T, Properties: {P: !If [Prod, !Ref InProd, none]}}
          InProd: {Type: T, Condition: Prod}
          InBoth: {Type: T, Condition: Both, DependsOn: InProd}
        Outputs:
          O: {Condition: Prod, Value: !Ref InProd}
        """;
    assertEquals(Set.of("Always"), plan(body, Map.of()).resources().keySet());
    Plan prod = plan(body, Map.of("Stage", "prod"));
    assertEquals(Set.of("Always", "InProd", "InBoth"), prod.resources().keySet());
    assertEquals(Set.of("InProd"), prod.graph().needs().get("Always"));
    assertEquals(Set.of("O"), prod.outputs().keySet());
    assertTrue(plan(body, Map.of("Stage", "test")).outputs().isEmpty());
  }

  @Test
  void whatAConditionLeavesOutCannotBeReferredTo() {
    assertEquals(
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the"
            + " template",
        refusal(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              A: {Type: T, Properties: {P: !Ref B}}
              B: {Type: T, Condition: Never}
            """,
            Map.of()));
  }

  @Test
  void importsAreFoundBeforeAnythingIsResolved() {
    Plan plan =
        plan(
            """
            Parameters: {Net: {Type: String, Default: n}}
            Resources:
              A: {Type: T, Properties: {P: {Fn::ImportValue: !Sub '${Net}-vpc'}}}
            Outputs: {O: {Value: !ImportValue other}}
            """,
            Map.of());
    assertEquals(Set.of("n-vpc", "other"), plan.imports());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{Type: String}||Parameters: [P] must have values",
        "{Type: String, AllowedValues: [a, b]}|c|Parameter 'P' must be one of AllowedValues",
        "{Type: String, AllowedPattern: '[a-z]+'}|A|Parameter 'P' must match pattern [a-z]+",
        "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: must be small.}|A|"
            + "Parameter P failed to satisfy constraint: must be small.",
        "{Type: String, MinLength: 3}|ab|Parameter 'P' must contain at least 3 characters",
        "{Type: String, MaxLength: '1'}|ab|Parameter 'P' must contain at most 1 characters",
        "{Type: Number, MinValue: 3}|2|Parameter 'P' must be a number not less than 3",
        "{Type: Number, MaxValue: 3}|4|Parameter 'P' must be a number not greater than 3",
        "{Type: Number}|x|Parameter 'P' must be a number",
        "{Type: List<Number>}|`1,x`|Parameter 'P' must be a number",
        "{Type: CommaDelimitedList, AllowedValues: [a]}|`a,b`|Parameter 'P' must be one of"
            + " AllowedValues",
      })
  void parametersAreChecked(String declaration, String value, String message) {
    String body = "Parameters:\n  P: " + declaration + "\nResources: {Q: {Type: T}}";
    assertEquals(message, refusal(body, value == null ? Map.of() : Map.of("P", value)));
  }

  @Test
  void aParameterThatTheTemplateDoesNotHaveIsRefused() {
    assertEquals(
        "Parameters: [X] do not exist in the template",
        refusal("Resources: {Q: {Type: T}}", Map.of("X", "1")));
  }

  @Test
  void typesOfOtherServicesAreTakenAsText() {
    String body =
        "Parameters: {P: {Type: 'List<AWS::EC2::Subnet::Id>'}, K: {Type:"
            + " 'AWS::EC2::VPC::Id'}}\n"
            + "Resources: {Q: {Type: T}}";
    Plan plan = plan(body, Map.of("P", "s-1,s-2", "K", "vpc-1"));
    assertEquals("vpc-1", plan.parameters().get("K"));
  }
}
