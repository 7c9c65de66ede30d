package io.pipelab.local.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Caller CALLER =
      new Caller.RoleSession(
          "arn:aws:sts::111122223333:assumed-role/r/s",
          "arn:aws:iam::111122223333:role/r",
          "s",
          "ASIA");
  private static final String HEAD =
      "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ";

  private static RequestContext request(String action, String resource) {
    return RequestContext.of(
        CALLER,
        action,
        resource,
        new CloudIdentity("111122223333", "us-east-1", URI.create("http://127.0.0.1:4566")));
  }

  private static Verdict.ExplicitDeny deny(PolicyKind kind, String name) {
    Policy policy = Policy.parse("{\"Statement\":[]}");
    return new Verdict.ExplicitDeny(new AttachedPolicy(kind, name, policy), null, 0);
  }

  @Test
  void aMissingAllowIsNamedByTheKindOfPolicy() {
    RequestContext request = request("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q");
    String on = HEAD + "sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:q because";
    for (String words :
        List.of(
            "IDENTITY identity-based policy",
            "RESOURCE resource-based policy",
            "BOUNDARY permissions boundary",
            "SESSION session policy")) {
      String kind = words.substring(0, words.indexOf(' '));
      Verdict missing = new Verdict.ImplicitDeny(PolicyKind.valueOf(kind));
      assertEquals(
          on + " no " + words.substring(kind.length() + 1) + " allows the sqs:SendMessage action",
          Refusals.message(request, missing));
    }
  }

  @Test
  void aDenyIsNamedWithItsManagedPolicy() {
    RequestContext request = request("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q");
    String on = HEAD + "sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:q with an";
    assertEquals(
        on + " explicit deny in an identity-based policy",
        Refusals.message(request, deny(PolicyKind.IDENTITY, "inline")));
    assertEquals(
        on + " explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/p",
        Refusals.message(request, deny(PolicyKind.IDENTITY, "arn:aws:iam::111122223333:policy/p")));
  }

  @Test
  void anActionWithoutAResourceNamesNone() {
    assertEquals(
        HEAD + "sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action",
        Refusals.message(
            request("sqs:ListQueues", "*"), new Verdict.ImplicitDeny(PolicyKind.IDENTITY)));
  }
}
