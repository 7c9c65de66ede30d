package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.policy.Evaluation;
import io.pipelab.local.policy.RequestContext;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BindingPoliciesTest {
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));

  private final ManualClock clock = new ManualClock();
  private final Roles roles = new Roles(CLOUD, clock);
  private final ManagedPolicies managed = new ManagedPolicies(CLOUD, clock);
  private final BindingPolicies policies =
      new BindingPolicies(new Users(CLOUD, clock), roles, managed);
  private final String arn = roles.create("/a/", "r", TRUST, "", 3600, Map.of(), null).arn();
  private final Caller session = new Caller.RoleSession("arn:aws:sts::0:a/r/s", arn, "s", "ASIA1");

  private static Document allowing(String action) {
    return Document.identityPolicy(document(action));
  }

  private static String document(String action) {
    return """
    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"%s","Resource":"*"}}"""
        .formatted(action);
  }

  private boolean may(String action) {
    RequestContext request = RequestContext.of(session, action, "arn:aws:sqs:us-east-1:0:q", CLOUD);
    return Evaluation.of(policies.of(session), request).allows();
  }

  @Test
  void aChangeOfTheRoleCountsAtOnce() {
    assertFalse(may("sqs:SendMessage"));
    roles.alter("r", role -> role.withPolicy("p", allowing("sqs:SendMessage")));
    assertTrue(may("sqs:SendMessage"));
    roles.alter("r", role -> role.withoutPolicy("p"));
    assertFalse(may("sqs:SendMessage"));
  }

  @Test
  void aNewVersionOfAnAttachedPolicyCountsAtOnce() {
    String policy = managed.create("/", "m", document("sqs:SendMessage"), "", Map.of()).arn();
    roles.alter("r", role -> role.withAttached(policy));
    assertTrue(may("sqs:SendMessage"));
    managed.change(
        policy, each -> each.withVersion(allowing("sqs:ReceiveMessage"), clock.now(), true));
    assertFalse(may("sqs:SendMessage"));
    assertTrue(may("sqs:ReceiveMessage"));
    managed.delete(policy);
    assertFalse(may("sqs:ReceiveMessage"));
  }

  @Test
  void documentsAreParsedOnceWhileNothingChanges() {
    roles.alter("r", role -> role.withPolicy("p", allowing("sqs:*")));
    assertSame(
        policies.of(session).identity().get(0).policy(),
        policies.of(session).identity().get(0).policy());
  }

  @Test
  void aRoleThatIsGoneHasNoPolicies() {
    assertTrue(policies.of(session).identity().isEmpty());
    roles.delete("r");
    assertEquals(0, policies.of(session).identity().size());
  }
}
