package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DenialTextTest {
  private static final String MISSING =
      """
      {"id": "abc", "requestId": "r", "time": "2030-01-01T00:00:00Z", "times": 3,
       "caller": "arn:aws:sts::000000000000:assumed-role/worker/f", "action": "sqs:SendMessage",
       "resource": "arn:q", "policyKind": "identity-based policy", "statement": "{\\n  \\"a\\" : 1\\n}"}
      """;
  private static final String DENIED =
      """
      {"id": "def", "time": "2030-01-01T00:00:01Z", "times": 1,
       "caller": "arn:aws:iam::000000000000:user/ann", "action": "s3:GetObject", "resource": "arn:o",
       "policyKind": "resource-based policy", "policy": "arn:b", "sid": "Nobody",
       "statementNumber": 2}
      """;

  private static String text(boolean whole, String... denials) throws Exception {
    JsonNode denied = new ObjectMapper().readTree("[" + String.join(",", denials) + "]");
    return String.join("\n", DenialText.lines(denied, whole));
  }

  @Test
  void oneIsToldWithTheStatementToPaste() throws Exception {
    assertEquals(
        """
        2030-01-01T00:00:00Z  sqs:SendMessage, 3 times
          who   arn:aws:sts::000000000000:assumed-role/worker/f
          on    arn:q
          why   no identity-based policy allows it
          fix   add this statement to the policies of the role worker:
            {
              "a" : 1
            }""",
        text(true, MISSING));
  }

  @Test
  void severalAreToldShortlyAndADenialNamesItsStatement() throws Exception {
    assertEquals(
        """
        2030-01-01T00:00:01Z  s3:GetObject
          who   arn:aws:iam::000000000000:user/ann
          on    arn:o
          why   statement 2 (Nobody) of the resource-based policy arn:b denies it
          fix   no statement can allow it beside that one: narrow or remove the denial

        2030-01-01T00:00:00Z  sqs:SendMessage, 3 times
          who   arn:aws:sts::000000000000:assumed-role/worker/f
          on    arn:q
          why   no identity-based policy allows it
          fix   pipelab explain denied abc""",
        text(false, DENIED, MISSING));
  }
}
