package io.pipelab.local.cloudformation.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateParseTest {
  private static final String QUEUE = "Resources: {Q: {Type: 'AWS::SQS::Queue'}}\n";

  private static String refusal(String body) {
    AwsError error = assertThrows(AwsError.class, () -> Template.parse(body));
    assertEquals("ValidationError", error.code());
    return error.getMessage();
  }

  private static JsonNode property(String yaml) {
    Template template =
        Template.parse(
            "Resources:\n  Q:\n    Type: T\n    Properties:\n      P: "
                + yaml
                + "\n  Other: {Type: T}\n");
    return template.resources().get("Q").properties().get("P");
  }

  @Test
  void yamlKeepsTheLineOfEveryProperty() {
    Template template =
        Template.parse(
            """
            Description: lines
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: q
                  Tags:
                    - Key: a
                      Value: !Ref AWS::Region
            """);
    assertEquals(3, template.line("Resources", "Queue"));
    assertEquals(4, template.line("Resources", "Queue", "Type"));
    assertEquals(6, template.line("Resources", "Queue", "Properties", "QueueName"));
    assertEquals(9, template.line("Resources", "Queue", "Properties", "Tags", "0", "Value"));
  }

  @Test
  void jsonKeepsTheLineOfEveryProperty() {
    Template template =
        Template.parse(
            """
            {
              "Resources": {
                "Queue": {
                  "Type": "AWS::SQS::Queue",
                  "Properties": {"QueueName": "q"}
                }
              }
            }
            """);
    assertEquals(3, template.line("Resources", "Queue"));
    assertEquals(5, template.line("Resources", "Queue", "Properties", "QueueName"));
  }

  @Test
  void jsonMayBeIndentedWithTabs() {
    Template template =
        Template.parse("{\n\t\"Resources\": {\n\t\t\"Q\": {\"Type\": \"T\"}\n\t}\n}");
    assertEquals("T", template.resources().get("Q").type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Other|{\"Ref\":\"Other\"}",
        "!GetAtt Other.A.B|{\"Fn::GetAtt\":\"Other.A.B\"}",
        "!GetAtt [Other, A]|{\"Fn::GetAtt\":[\"Other\",\"A\"]}",
        "!Sub 'x${Other}'|{\"Fn::Sub\":\"x${Other}\"}",
        "!Join ['-', [!Ref Other, b]]|{\"Fn::Join\":[\"-\",[{\"Ref\":\"Other\"},\"b\"]]}",
        "{Fn::Base64: !Sub 'x'}|{\"Fn::Base64\":{\"Fn::Sub\":\"x\"}}",
        "!GetAZs ''|{\"Fn::GetAZs\":\"\"}",
        "!Select [0, !Split [',', 'a,b']]|{\"Fn::Select\":[0,{\"Fn::Split\":[\",\",\"a,b\"]}]}",
        "012345678901|\"012345678901\"",
        "60|60",
        "1.10|1.10",
        "22:22|\"22:22\"",
        "2012-10-17|\"2012-10-17\"",
        "yes|true",
        "'yes'|\"yes\"",
      })
  void yamlBecomesTheFullForm(String yaml, String json) {
    assertEquals(json, property(yaml).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`Resources: {}`|`Template format error: At least one Resources member must be defined.`",
        "`Description: x`|`Template format error: At least one Resources member must be defined.`",
        "`[1, 2]`|`Template format error: unsupported structure.`",
        "`resources: {}`|`Invalid template property or properties [resources]`",
        "`{Resources: {Q: {Type: T}}}`|`Template format error: JSON not well-formed. (line 1,"
            + " column 2)`",
        "`Resources: {Q-1: {Type: T}}`|`Template format error: Resource name Q-1 is non"
            + " alphanumeric.`",
        "`Resources: {Q: {Type: T, Foo: 1}}`|`Invalid template resource property 'Foo'`",
        "`Resources: {Q: {}}`|`Template format error: [/Resources/Q] Every Resources object must"
            + " contain a Type member.`",
        "`Resources: {Q: {Type: T, Properties: [1]}}`|`Template format error:"
            + " [/Resources/Q/Properties] Any Properties member must be a JSON object.`",
        "`Resources: {Q: {Type: T, Properties: {A: null}}}`|`Template format error:"
            + " [/Resources/Q/Properties/A] 'null' values are not allowed in templates`",
        "`Resources: {Q: {Type: T, DeletionPolicy: Keep}}`|`Template format error: Unrecognized"
            + " DeletionPolicy Keep for template resource Q`",
        "`Resources: {Q: {Type: T, DependsOn: R}}`|`Template format error: Unresolved resource"
            + " dependencies [R] in the Resources block of the template`",
        "`Resources: {Q: {Type: T, Properties: {A: !Ref X, B: !Sub '${Y}'}}}`|`Template format"
            + " error: Unresolved resource dependencies [X, Y] in the Resources block of the"
            + " template`",
        "`Resources: {Q: {Type: T, Properties: {A: !GetAtt X.Arn}}}`|`Template error: instance of"
            + " Fn::GetAtt references undefined resource X`",
        "`Resources: {Q: {Type: T, Properties: {A: !Sub '${X.Arn}'}}}`|`Template error: instance"
            + " of Fn::Sub references invalid resource attribute X.Arn`",
        "`Resources: {Q: {Type: T, Properties: {A: !GetAtt Q}}}`|`Template error: every"
            + " Fn::GetAtt object requires two non-empty parameters, the resource name and the"
            + " resource attribute`",
        "`Resources: {Q: {Type: T, Properties: {A: !Sub '${a b}'}}}`|`Template error: variable"
            + " names in Fn::Sub syntax must contain only alphanumeric characters, underscores,"
            + " periods, and colons`",
        "`Resources: {Q: {Type: T, Properties: {A: !If [C, 1, 2]}}}`|`Template error: unresolved"
            + " condition dependency C in Fn::If`",
        "`Resources: {Q: {Type: T, Condition: C}}`|`Template format error: Unresolved condition"
            + " dependency C in the Resources block of the template`",
        "`Resources: {Q: {Type: T, Properties: {A: !FindInMap [M, a, b]}}}`|`Template error:"
            + " Mapping named 'M' is not present in the 'Mappings' section of template.`",
      })
  void whatIsWrongIsSaidInCloudFormationsWords(String body, String message) {
    String refusal = refusal(body);
    assertTrue(refusal.startsWith(message), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`AWSTemplateFormatVersion: 2011-01-01`|`Template format error: unsupported value for"
            + " AWSTemplateFormatVersion.`",
        "`Outputs: {O: {Value: !Ref X}}`|`Template format error: Unresolved resource dependencies"
            + " [X] in the Outputs block of the template`",
        "`Outputs: {O: {Description: d}}`|`Template format error: Every Outputs member must"
            + " contain a Value object`",
        "`Conditions: {C: !Equals [!Ref Q, 1]}`|`Template format error: Unresolved dependencies"
            + " [Q]. Cannot reference resources in the Conditions block of the template`",
        "`Conditions: {C: !And [!Equals [a, a]]}`|`Template error: every Fn::And object requires a"
            + " list of at least 2 and at most 10 boolean parameters.`",
        "`Conditions: {C: !Not [!Condition D]}`|`Template error: unresolved condition dependency D"
            + " in Conditions`",
        "`Parameters: {P: {Type: Strin}}`|`Template format error: Unrecognized parameter type:"
            + " Strin`",
        "`Parameters: {P: {Type: String, Foo: 1}}`|`Template format error: Invalid template"
            + " parameter property 'Foo'`",
        "`Parameters: {P: {Default: x}}`|`Template format error: Every Parameters object must"
            + " contain a Type member.`",
      })
  void otherSectionsToo(String section, String message) {
    assertEquals(message, refusal(QUEUE + section));
  }

  @Test
  void brokenYamlNamesLineAndColumn() {
    assertTrue(
        refusal("Resources:\n  Q:\n   Type: T\n  x\n")
            .startsWith("Template format error: YAML not well-formed. (line 5, column 1)"));
  }

  @Test
  void duplicateKeysAreNotLostSilently() {
    String message = refusal("Resources:\n  Q: {Type: T}\n  Q: {Type: U}\n");
    assertTrue(message.contains("(line 3, column 3): duplicate key Q"), message);
  }

  @Test
  void aliasesAreRefusedAndWithThemAliasBombs() {
    assertEquals(
        "Template error: YAML aliases are not allowed in CloudFormation templates",
        refusal("Metadata: {a: &a [1], b: [*a, *a]}\n" + QUEUE));
  }

  @Test
  void bottomlessNestingIsRefused() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertTrue(refusal(QUEUE + "Metadata: {a: " + deep + "}").contains("Template format error"));
    assertTrue(
        refusal("{\"Metadata\": " + deep + "}").startsWith("Template format error: JSON not"));
  }

  @Test
  void whatIsNotImplementedIsCollectedWithItsLines() {
    Template template =
        Template.parse(
            """
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              P: {Type: 'AWS::SSM::Parameter::Value<String>'}
            Resources:
              Q:
                Type: T
                DeletionPolicy: Snapshot
                CreationPolicy: {}
                Properties:
                  A: !Transform {Name: x}
                  B: '{{resolve:vault:/x}}'
            """);
    assertEquals(
        "[Unsupported transform AWS::Serverless-2016-10-31 (line 1),"
            + " Unsupported resource attribute CreationPolicy of Q (line 8),"
            + " Unsupported function Fn::Transform (line 10),"
            + " Unsupported dynamic reference {{resolve:vault:...}} (line 11)]",
        template.unsupported().toString());
  }

  @Test
  void aPolicysConditionIsNoFunction() {
    JsonNode policy =
        property("{Condition: {ArnLike: {'aws:SourceArn': !Sub 'arn:${AWS::Partition}'}}}");
    assertEquals(
        "arn:${AWS::Partition}", policy.at("/Condition/ArnLike/aws:SourceArn/Fn::Sub").asText());
  }
}
