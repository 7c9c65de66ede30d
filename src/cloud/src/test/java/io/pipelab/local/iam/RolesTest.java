package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;

class RolesTest {
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
  private static final String BASIC =
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  private final CloudIdentity identity =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private final ManualClock clock = new ManualClock();
  private final Roles roles = new Roles(identity, clock);
  private final ManagedPolicies policies = new ManagedPolicies(identity, clock);

  @Test
  void aRoleIsRefusedWhenItsTrustPolicyIsMalformed() {
    assertRefused("MalformedPolicyDocument", () -> create("r", "not json"));
    assertRefused("MalformedPolicyDocument", () -> create("r", "{\"Version\":\"2020-01-01\"}"));
    assertRefused(
        "MalformedPolicyDocument",
        () -> create("r", TRUST.replace("\"Principal\"", "\"Resource\"")));
  }

  @Test
  void aNameIsTakenOnce() {
    create("twice", TRUST);
    assertRefused("EntityAlreadyExists", () -> create("twice", TRUST));
  }

  @Test
  void aRoleWithPoliciesCannotBeDeleted() {
    create("busy", TRUST);
    roles.alter("busy", role -> role.withAttached(BASIC));
    assertRefused("DeleteConflict", () -> roles.delete("busy"));
    roles.alter("busy", role -> role.withoutAttached(BASIC));
    roles.delete("busy");
    assertRefused("NoSuchEntity", () -> roles.get("busy"));
  }

  @Test
  void anUnknownAwsPolicyIsNotAttachable() {
    assertRefused("NoSuchEntity", () -> policies.get("arn:aws:iam::aws:policy/Nonsense"));
  }

  @Test
  void theResourceTypeCreatesChangesAndDeletesPolicies() throws Exception {
    ResourceType type =
        new RoleResource(roles, new InstanceProfiles(roles, identity, clock), policies);
    ResourceRequest first = request("queue:Read");
    PhysicalResource role = type.create(first);
    assertEquals("worker", role.physicalId());
    assertTrue(inlineDocument().contains("queue:Read"));

    ResourceRequest second = request("queue:Write");
    type.update(role, first, second);
    assertTrue(inlineDocument().contains("queue:Write"));

    type.delete(role, second);
    assertRefused("NoSuchEntity", () -> roles.get("worker"));
    type.delete(role, second);
  }

  private String inlineDocument() {
    String encoded =
        new RolePolicyActions(new HeldPolicies<>(roles.all(), policies))
            .getRolePolicy(
                GetRolePolicyRequest.builder().roleName("worker").policyName("main").build())
            .policyDocument();
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  @Test
  void aPolicyIsRenamedInPlace() throws Exception {
    create("worker", TRUST);
    create("helper", TRUST);
    PolicyResource type =
        new PolicyResource(new TemplateHolders(new Users(identity, clock), roles));
    ResourceRequest before = policy("one", "worker", "helper");
    PhysicalResource made = type.create(before);
    PhysicalResource renamed = type.update(made, before, policy("two", "worker"));
    assertEquals(made, renamed);
    assertEquals(Set.of("two"), roles.get("worker").identity().inline().keySet());
    assertEquals(Set.of(), roles.get("helper").identity().inline().keySet());
    type.delete(renamed, policy("two", "worker"));
    assertEquals(Set.of(), roles.get("worker").identity().inline().keySet());
  }

  private static ResourceRequest policy(String name, String... roleNames) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode properties = json.createObjectNode().put("PolicyName", name);
    properties.set(
        "PolicyDocument",
        json.readTree(
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}"""));
    List.of(roleNames).forEach(properties.putArray("Roles")::add);
    return new ResourceRequest("id", "stack", "Policy", properties, Map.of(), "X1");
  }

  private static ResourceRequest request(String action) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode properties = json.createObjectNode().put("RoleName", "worker");
    properties.set("AssumeRolePolicyDocument", json.readTree(TRUST));
    properties.putArray("ManagedPolicyArns").add(BASIC);
    ObjectNode policy = properties.putArray("Policies").addObject().put("PolicyName", "main");
    policy.set(
        "PolicyDocument",
        json.readTree(
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Action":"%s","Resource":"arn:aws:x:::y"}]}"""
                .formatted(action)));
    return new ResourceRequest("id", "stack", "Role", properties, Map.of("a", "b"), "X1");
  }

  private Role create(String name, String trust) {
    return roles.create("/", name, trust, "", 3600, Map.of(), null);
  }

  private static void assertRefused(String code, Runnable action) {
    assertEquals(code, assertThrows(AwsError.class, action::run).code());
  }
}
