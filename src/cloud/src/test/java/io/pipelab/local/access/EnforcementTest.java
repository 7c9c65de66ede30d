package io.pipelab.local.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnforcementTest {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private static final Caller ROLE =
      Caller.RoleSession.of(CLOUD, "arn:aws:iam::000000000000:role/p/r", "s");
  private static final String BEFORE_2030 =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:SendMessage",
       "Resource":"*","Condition":{
         "DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"},
         "StringEquals":{"a:Key":"x"}}}}""";

  private final Denials denials = new Denials();

  private Enforcement at(String time, boolean refuses) {
    PolicySet policies =
        PolicySet.identity(
            List.of(new AttachedPolicy(PolicyKind.IDENTITY, "p", Policy.parse(BEFORE_2030))));
    return new Enforcement(
        CLOUD,
        new ManualClock(Instant.parse(time)),
        caller -> policies,
        new ResourcePolicies(),
        denials,
        refuses);
  }

  private static Use send(Caller caller, String key) {
    return new Use(caller, "sqs:SendMessage", "arn:aws:sqs:r:1:q", Map.of("a:Key", List.of(key)));
  }

  @Test
  void theRequestsKeysAndTheTimeAreAsked() {
    assertTrue(at("2029-12-31T23:59:59Z", true).allows(send(ROLE, "x")));
    assertFalse(at("2029-12-31T23:59:59Z", true).allows(send(ROLE, "y")));
    assertFalse(at("2030-01-01T00:00:00Z", true).allows(send(ROLE, "x")));
  }

  @Test
  void aRefusalIsKeptUnderItsRequestAndAQuestionIsNot() {
    Enforcement access = at("2031-01-01T00:00:00Z", true);
    assertTrue(access.refuses(send(ROLE, "x")));
    assertTrue(denials.latest().isEmpty());
    String id = access.refusal(send(ROLE, "x"), "request").orElseThrow().id();
    assertEquals(id, denials.find("request").orElseThrow().id());
  }

  @Test
  void withoutIamNobodyIsRefusedButWhoDoesNotSign() {
    Enforcement open = at("2031-01-01T00:00:00Z", false);
    assertTrue(open.allows(send(ROLE, "y")));
    assertFalse(open.allows(send(new Caller.Anonymous(), "y")));
  }

  @Test
  void rootIsNotAsked() {
    Caller root = new Caller.Operator("arn:aws:iam::000000000000:user/me", "key");
    assertTrue(at("2031-01-01T00:00:00Z", true).allows(send(root, "y")));
  }
}
