package io.pipelab.local.eventbridge.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the EventBridge User Guide, "Amazon EventBridge input transformation". */
class InputTemplateTest {
  private static final Map<String, String> PATHS =
      Map.of(
          "instance", "$.detail.instance-id",
          "state", "$.detail.state",
          "all", "$.detail",
          "first", "$.resources[0]",
          "none", "$.detail.nothing");

  private final JsonNode event;

  InputTemplateTest() throws IOException {
    event =
        new ObjectMapper()
            .readTree(
                """
                {"source": "aws.ec2", "resources": ["arn:one", "arn:two"],
                 "detail": {"instance-id": "i-0123456789", "state": "RUN\\"NING", "n": 3}}
                """);
  }

  private String filled(String template) {
    return InputTemplate.parse(template, PATHS)
        .fill(event, Map.of("aws.events.rule-name", TextNode.valueOf("my-rule")));
  }

  @Test
  void variablesBecomeTextInsideOfQuotes() {
    assertEquals(
        "\"instance i-0123456789 is in RUN\\\"NING\"",
        filled("\"instance <instance> is in <state>\""));
    assertEquals(
        "{\"all\": \"{\\\"instance-id\\\":\\\"i-0123456789\\\",\\\"state\\\":\\\"RUN\\\\\\\"NING\\\","
            + "\\\"n\\\":3}\"}",
        filled("{\"all\": \"<all>\"}"));
  }

  @Test
  void variablesBecomeJsonOutsideOfQuotes() {
    assertEquals(
        "{\"id\": \"i-0123456789\", \"of\": [\"arn:one\"]}",
        filled("{\"id\": <instance>, \"of\": [<first>]}"));
    assertTrue(InputTemplate.isJson(filled("{\"quoted \\\" <state>\": <all>}")));
  }

  @Test
  void whatTheEventDoesNotHaveBecomesNothing() {
    assertEquals("{\"a\": \"\"}", filled("{\"a\": \"<none>\"}"));
    assertEquals("{\"a\": \"<\"}", filled("{\"a\": \"<\"}"));
  }

  @Test
  void theRuleIsKnown() {
    assertEquals("\"by my-rule\"", filled("\"by <aws.events.rule-name>\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "detail", "$detail", "$.", "$.a..b", "$.a[", "$.a[x]", "$.*", "$..a"})
  void notAPath(String text) {
    assertThrows(IllegalArgumentException.class, () -> EventPath.parse(text));
  }

  @Test
  void pathsGoIntoObjectsAndLists() {
    assertEquals(event, EventPath.parse("$").in(event));
    assertEquals("arn:two", EventPath.parse("$.resources[1]").in(event).asText());
    assertEquals(3, EventPath.parse("$['detail']['n']").in(event).asInt());
    assertTrue(EventPath.parse("$.resources[2].x").in(event).isMissingNode());
  }
}
