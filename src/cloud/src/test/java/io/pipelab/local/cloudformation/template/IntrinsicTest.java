package io.pipelab.local.cloudformation.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.kernel.AwsError;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Name: {Type: String, Default: lab}
        Count: {Type: Number, Default: 4}
        Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
      Mappings:
        Sizes:
          us-east-1: {cpu: 256, list: [x, y]}
      Conditions:
        Yes: !Equals [!Ref Count, 4]
        No: !Not [!Condition 'Yes']
      Resources:
        Other: {Type: T}
        Q:
          Type: T
          Properties:
            P: %s
      """;

  /** Other's Ref is {@code other-id}; its attribute X is {@code x-of-other}, List is a list. */
  private static final ResourceValues LIVE =
      new ResourceValues() {
        @Override
        public JsonNode ref(String logicalId) {
          return TextNode.valueOf(logicalId.toLowerCase(Locale.ROOT) + "-id");
        }

        @Override
        public JsonNode attribute(String logicalId, String attribute) {
          return attribute.equals("List")
              ? JsonNodeFactory.instance.arrayNode().add("one").add("two")
              : TextNode.valueOf(attribute + "-of-" + logicalId);
        }
      };

  private static JsonNode resolve(String yaml) {
    Template template = Template.parse(TEMPLATE.formatted(yaml));
    Plan plan =
        new Plan(
            template,
            ParameterValues.of(template, Map.of()),
            Map.of(),
            new PseudoParameters("000000000000", "us-east-1", "arn:stack", "demo"));
    return plan.properties(
        template.resources().get("Q"), LIVE, name -> TextNode.valueOf("imported-" + name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Name|\"lab\"",
        "!Ref Count|\"4\"",
        "!Ref Zones|[\"a\",\"b\",\"c\"]",
        "!Ref Other|\"other-id\"",
        "!Ref AWS::AccountId|\"000000000000\"",
        "!Ref AWS::Region|\"us-east-1\"",
        "!Ref AWS::StackName|\"demo\"",
        "!Ref AWS::StackId|\"arn:stack\"",
        "!Ref AWS::Partition|\"aws\"",
        "!Ref AWS::URLSuffix|\"amazonaws.com\"",
        "!Ref AWS::NotificationARNs|[]",
        "!GetAtt Other.X|\"X-of-Other\"",
        "!GetAtt Other.Endpoint.Address|\"Endpoint.Address-of-Other\"",
        "{Fn::GetAtt: [Other, X]}|\"X-of-Other\"",
        "!Sub '${Name}/${Other}/${Other.X}/${AWS::Region}'|\"lab/other-id/X-of-Other/us-east-1\"",
        "!Sub '${!Name} $Name $'|\"${Name} $Name $\"",
        "!Sub ['${a}-${Name}', {a: !GetAtt Other.X}]|\"X-of-Other-lab\"",
        "!Join ['-', [a, !Ref Count, !Join ['', [b, c]]]]|\"a-4-bc\"",
        "!Join [',', !Ref Zones]|\"a,b,c\"",
        "!Join [',', !GetAtt Other.List]|\"one,two\"",
        "!Join [',', []]|\"\"",
        "!Select [1, !Ref Zones]|\"b\"",
        "!Select ['0', [x, y]]|\"x\"",
        "!Select [5, !Split [':', 'arn:aws:sqs:r:a:name']]|\"name\"",
        "!Split ['.', 'a..b']|[\"a\",\"\",\"b\"]",
        "!If ['Yes', one, two]|\"one\"",
        "!If ['No', one, !If ['Yes', deep, none]]|\"deep\"",
        "[a, !If ['No', b, !Ref AWS::NoValue], c]|[\"a\",\"c\"]",
        "{a: 1, b: !Ref AWS::NoValue}|{\"a\":1}",
        "!FindInMap [Sizes, !Ref AWS::Region, cpu]|256",
        "!FindInMap [Sizes, us-east-1, list]|[\"x\",\"y\"]",
        "!ImportValue x|\"imported-x\"",
        "{Fn::ImportValue: !Sub '${Name}-vpc'}|\"imported-lab-vpc\"",
        "!Select [0, !GetAZs '']|\"us-east-1a\"",
        "!Select [2, {Fn::GetAZs: !Ref AWS::Region}]|\"us-east-1c\"",
        "!GetAZs eu-west-1|[\"eu-west-1a\",\"eu-west-1b\",\"eu-west-1c\"]",
        "!Base64 hello|\"aGVsbG8=\"",
        "{Fn::Base64: !Sub 'é${Name}'}|\"w6lsYWI=\"",
        "!Cidr ['10.0.0.0/16', 2, 8]|[\"10.0.0.0/24\",\"10.0.1.0/24\"]",
        "!Cidr ['192.168.0.0/24', 2, 5]|[\"192.168.0.0/27\",\"192.168.0.32/27\"]",
        "!Select [1, !Cidr ['2001:db8::/56', 2, 64]]|\"2001:db8:0:1:0:0:0:0/64\"",
        "true|true",
      })
  void functionsGiveValues(String yaml, String json) {
    assertEquals(json, resolve(yaml).get("P").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Select [3, !Ref Zones]|Fn::Select cannot select nonexistent value at index 3",
        "!Select [x, [a]]|Fn::Select requires a list argument with a valid index value as its"
            + " first element",
        "!Select [0]|Fn::Select requires a list argument with two elements: an integer index and a"
            + " list",
        "!FindInMap [Sizes, eu-west-1, cpu]|Unable to get mapping for Sizes::eu-west-1::cpu",
        "!Split ['', a]|every Fn::Split object requires two parameters, (1) a string delimiter and"
            + " (2) a string to be split or a function that returns a string to be split.",
        "!Sub '${Other.List}'|Fn::Sub expression does not resolve to a string: ${Other.List}",
        "!Cidr ['10.0.0.0/24', 8, 8]|Fn::Cidr failed: 10.0.0.0/24 does not hold 8 blocks of 8"
            + " bits",
        "!Cidr ['x', 1, 8]|every Fn::Cidr object requires an IP block, a count and optionally the"
            + " number of subnet bits",
        "{Fn::If: ['Yes', 1, 2], Other: 1}|every Fn::If object must have exactly one member",
      })
  void badArgumentsAreRefused(String yaml, String message) {
    AwsError error = assertThrows(AwsError.class, () -> resolve(yaml));
    assertEquals("Template error: " + message, error.getMessage());
  }
}
