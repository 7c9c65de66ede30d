package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.PolicyKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.Position;
import software.amazon.awssdk.services.iam.model.Statement;

class SimulationTest {
  private static final Caller BOB =
      new Caller.User("arn:aws:iam::000000000000:user/bob", "AIDA1", "bob", "");
  private static final String BUCKET = "arn:aws:s3:::b";

  /** As a person writes it: its statements begin in the lines 3 and 4. */
  private static final String TEXT =
      """
      {"Version": "2012-10-17",
       "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]}""";

  private static Simulation simulation(Map<String, List<String>> context) {
    return new Simulation(
        BOB, List.of(identity("PolicyInputList.1", TEXT)), List.of(), null, context);
  }

  private static SimulatedPolicy identity(String id, String text) {
    return SimulatedPolicy.passed(PolicyKind.IDENTITY, id, text);
  }

  private static String allow(String action, String principal) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\""
        + action
        + "\",\"Resource\":\"*\""
        + principal
        + "}}";
  }

  @Test
  void theStatementsThatDecideAreNamedByTheirPlace() {
    EvaluationResult allowed = simulation(Map.of()).evaluate("s3:GetObject", BUCKET);
    assertEquals("allowed", allowed.evalDecisionAsString());
    Statement matched = allowed.matchedStatements().get(0);
    assertEquals(1, allowed.matchedStatements().size());
    assertEquals(Position.builder().line(3).column(3).build(), matched.startPosition());
    assertEquals(3, matched.endPosition().line());

    EvaluationResult denied =
        simulation(Map.of("aws:multifactorauthpresent", List.of("false")))
            .evaluate("s3:DeleteObject", BUCKET);
    assertEquals("explicitDeny", denied.evalDecisionAsString());
    assertEquals(1, denied.matchedStatements().size(), "not those that allow");
    assertEquals(4, denied.matchedStatements().get(0).startPosition().line());
    assertEquals(5, denied.matchedStatements().get(0).endPosition().line());
  }

  @Test
  void aKeyThatIsNotGivenIsMissing() {
    assertEquals(
        List.of("aws:MultiFactorAuthPresent"),
        simulation(Map.of()).evaluate("s3:DeleteObject", BUCKET).missingContextValues());
    assertEquals(
        List.of(),
        simulation(Map.of("AWS:MultiFactorAuthPresent", List.of("true")))
            .evaluate("s3:DeleteObject", BUCKET)
            .missingContextValues());
  }

  @Test
  void variablesAreAskedForToo() {
    String text =
        allow("s3:*", "").replace("\"*\"}", "\"arn:aws:s3:::${aws:username, 'x'}/${*}\"}");
    assertEquals(
        List.of("aws:username"),
        List.copyOf(ContextKeys.of(List.of(Document.identityPolicy(text)))));
  }

  @Test
  void aBoundaryIsToldOfAndBounds() {
    SimulatedPolicy boundary =
        SimulatedPolicy.passed(PolicyKind.BOUNDARY, "b", allow("s3:Get*", ""));
    Simulation bounded =
        new Simulation(
            BOB, List.of(identity("p", allow("s3:*", ""))), List.of(boundary), null, Map.of());
    EvaluationResult put = bounded.evaluate("s3:PutObject", BUCKET);
    assertEquals("implicitDeny", put.evalDecisionAsString());
    assertEquals(false, put.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary());
    EvaluationResult get = bounded.evaluate("s3:GetObject", BUCKET);
    assertEquals("allowed", get.evalDecisionAsString());
    assertTrue(get.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary());
    assertNull(
        simulation(Map.of()).evaluate("s3:GetObject", BUCKET).permissionsBoundaryDecisionDetail());
  }

  @Test
  void aResourcesPolicyThatNamesTheCallerAllows() {
    String bob = ",\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:user/bob\"}";
    SimulatedPolicy bucket =
        SimulatedPolicy.passed(PolicyKind.RESOURCE, "ResourcePolicy", allow("s3:GetObject", bob));
    Simulation simulated = new Simulation(BOB, List.of(), List.of(), bucket, Map.of());
    EvaluationResult allowed = simulated.evaluate("s3:GetObject", BUCKET);
    assertEquals("allowed", allowed.evalDecisionAsString());
    assertEquals("ResourcePolicy", allowed.matchedStatements().get(0).sourcePolicyId());
    assertEquals("implicitDeny", simulated.evaluate("s3:PutObject", BUCKET).evalDecisionAsString());
  }

  @Test
  void aResourceHasItsOwnResult() {
    EvaluationResult one = simulation(Map.of()).evaluate("s3:GetObject", BUCKET);
    assertEquals(BUCKET, one.resourceSpecificResults().get(0).evalResourceName());
    assertEquals("allowed", one.resourceSpecificResults().get(0).evalResourceDecisionAsString());
    assertTrue(
        simulation(Map.of()).evaluate("s3:GetObject", "*").resourceSpecificResults().isEmpty());
  }
}
