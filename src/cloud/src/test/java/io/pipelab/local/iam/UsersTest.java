package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Evaluation;
import io.pipelab.local.policy.PolicySet;
import io.pipelab.local.policy.RequestContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {
  private final CloudIdentity cloud =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private final ManualClock clock = new ManualClock();
  private final Users users = new Users(cloud, clock);
  private final Roles roles = new Roles(cloud, clock);
  private final ManagedPolicies managed = new ManagedPolicies(cloud, clock);
  private final BindingPolicies binding = new BindingPolicies(users, roles, managed);
  private final HeldPolicies<User> held = new HeldPolicies<>(users.all(), managed);

  private static String allow(String action) {
    return """
        {"Version":"2012-10-17","Statement":
         {"Effect":"Allow","Action":"%s","Resource":"*"}}"""
        .formatted(action);
  }

  private Caller caller(User user) {
    return users.keys().find(users.keys().create(user).id()).orElseThrow().caller();
  }

  private boolean may(Caller caller, String action) {
    RequestContext request =
        RequestContext.of(caller, action, "arn:aws:sqs:us-east-1:000000000000:q", cloud);
    return Evaluation.of(binding.of(caller), request).allows();
  }

  private User user(String name) {
    return users.create("/", name, Map.of(), null);
  }

  @Test
  void namesDifferByMoreThanTheirCase() {
    user("Bob");
    assertRefused("EntityAlreadyExists", () -> user("bob"));
    assertEquals("Bob", users.all().get("BOB").name());
  }

  @Test
  void aUserIsBoundByHisPoliciesAndHisGroups() {
    User bob = user("bob");
    Caller caller = caller(bob);
    assertFalse(may(caller, "sqs:SendMessage"));
    held.put("bob", "p", allow("sqs:SendMessage"));
    assertTrue(may(caller, "sqs:SendMessage"), "asked at once");

    users.createGroup("/", "readers");
    new HeldPolicies<>(users.groups(), managed).put("readers", "g", allow("sqs:ReceiveMessage"));
    assertFalse(may(caller, "sqs:ReceiveMessage"));
    users.join("readers", "bob");
    assertTrue(may(caller, "sqs:ReceiveMessage"));
    users.leave("readers", "bob");
    assertFalse(may(caller, "sqs:ReceiveMessage"));
  }

  @Test
  void aBoundaryBoundsAndTheVersionInForceDecides() {
    user("bob");
    Caller caller = caller(users.all().get("bob"));
    held.put("bob", "p", allow("sqs:*"));
    ManagedPolicy policy = managed.create("/", "limit", allow("sqs:SendMessage"), "", Map.of());
    held.bind("bob", policy.arn());
    assertTrue(may(caller, "sqs:SendMessage"));
    assertFalse(may(caller, "sqs:DeleteQueue"));
    managed.change(
        policy.arn(),
        old ->
            old.withVersion(Document.managedPolicy(allow("sqs:DeleteQueue")), clock.now(), true));
    assertFalse(may(caller, "sqs:SendMessage"));
    assertTrue(may(caller, "sqs:DeleteQueue"));
    held.unbind("bob");
    assertTrue(may(caller, "sqs:SendMessage"));
    assertRefused("NoSuchEntity", () -> held.unbind("bob"));
  }

  @Test
  void policiesAreKnownByTheirNames() {
    user("bob");
    held.put("bob", "inline", allow("sqs:*"));
    held.attach("bob", "arn:aws:iam::aws:policy/AdministratorAccess");
    PolicySet set = binding.of(users.all().get("bob"));
    assertEquals(
        List.of("inline", "arn:aws:iam::aws:policy/AdministratorAccess"),
        set.identity().stream().map(AttachedPolicy::name).toList());
  }

  @Test
  void aDeletedUserMayNothing() {
    User bob = user("bob");
    Caller caller = caller(bob);
    held.put("bob", "p", allow("sqs:*"));
    assertRefused("DeleteConflict", () -> users.delete("bob"));
    users.keys().of(bob).forEach(key -> users.keys().delete(bob, key.id()));
    assertRefused("DeleteConflict", () -> users.delete("bob"));
    held.delete("bob", "p");
    users.delete("bob");
    assertFalse(may(caller, "sqs:SendMessage"));
    User again = user("bob");
    held.put("bob", "p", allow("sqs:*"));
    assertFalse(may(caller, "sqs:SendMessage"), "another user of that name is another user");
    assertTrue(users.keys().of(again).isEmpty());
  }

  @Test
  void quotas() {
    User bob = user("bob");
    users.keys().create(bob);
    users.keys().create(bob);
    assertRefused("LimitExceeded", () -> users.keys().create(bob));
    String much = allow("sqs:" + "x".repeat(1500));
    held.put("bob", "a", much);
    held.put("bob", "a", much);
    AwsError over = assertThrows(AwsError.class, () -> held.put("bob", "b", much));
    assertEquals("Maximum policy size of 2048 bytes exceeded for user bob", over.getMessage());
    for (int i = 0; i < 10; i++) {
      users.createGroup("/", "g" + i);
      users.join("g" + i, "bob");
      held.attach("bob", managed.create("/", "p" + i, allow("sqs:*"), "", Map.of()).arn());
    }
    users.join("g0", "bob");
    users.createGroup("/", "one-more");
    assertRefused("LimitExceeded", () -> users.join("one-more", "bob"));
    held.attach("bob", "arn:aws:iam::000000000000:policy/p0");
    assertRefused(
        "LimitExceeded", () -> held.attach("bob", "arn:aws:iam::aws:policy/AdministratorAccess"));
  }

  @Test
  void callersTellOfThemselves() {
    User bob = users.create("/", "bob", Map.of("team", "red"), null);
    Map<String, List<String>> keys = binding.keysOf(caller(bob));
    assertEquals(List.of("bob"), keys.get("aws:username"));
    assertEquals(List.of(bob.identity().id()), keys.get("aws:userid"));
    assertEquals(List.of("red"), keys.get("aws:PrincipalTag/team"));
  }

  private static void assertRefused(String code, Runnable action) {
    assertEquals(code, assertThrows(AwsError.class, action::run).code());
  }
}
