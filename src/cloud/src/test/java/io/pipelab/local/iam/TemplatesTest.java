package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Users, groups and what hangs on them, as CloudFormation makes, changes and deletes them. */
class TemplatesTest {
  private static final String DOCUMENT =
      "{Version: '2012-10-17', Statement: {Effect: Allow, Action: 'sqs:*', Resource: '*'}}";
  private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

  private final CloudIdentity cloud =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private final ManualClock clock = new ManualClock();
  private final Users users = new Users(cloud, clock);
  private final Roles roles = new Roles(cloud, clock);
  private final InstanceProfiles profiles = new InstanceProfiles(roles, cloud, clock);
  private final ManagedPolicies managed = new ManagedPolicies(cloud, clock);

  /** Properties in YAML's flow style. */
  private static ResourceRequest request(String properties) {
    Object loaded = new Yaml().load(properties);
    ObjectNode json = new ObjectMapper().valueToTree(loaded);
    return new ResourceRequest("id", "stack", "Thing", json, Map.of(), "X1");
  }

  @Test
  void aUserWithGroupsPoliciesAndBoundary() throws Exception {
    users.createGroup("/", "readers");
    users.createGroup("/", "writers");
    ResourceType type = new UserResource(users, managed);
    ResourceRequest first =
        request(
            "{UserName: bob, Groups: [readers], ManagedPolicyArns: ['"
                + ADMIN
                + "'], PermissionsBoundary: '"
                + ADMIN
                + "', Policies: [{PolicyName: p, PolicyDocument: "
                + DOCUMENT
                + "}], Tags: [{Key: a, Value: b}]}");
    PhysicalResource made = type.create(first);
    User bob = users.all().get("bob");
    assertEquals("arn:aws:iam::000000000000:user/bob", made.attributes().get("Arn").asText());
    assertEquals(List.of(ADMIN), bob.identity().attached());
    assertEquals(ADMIN, bob.identity().boundary());
    assertEquals(Map.of("a", "b"), bob.identity().tags());
    assertEquals(1, users.groupsOf(bob).size());

    ResourceRequest second = request("{UserName: bob, Path: /team/, Groups: [writers]}");
    type.update(made, first, second);
    User changed = users.all().get("bob");
    assertEquals("arn:aws:iam::000000000000:user/team/bob", changed.arn());
    assertEquals(List.of(), changed.identity().attached());
    assertEquals(Set.of(), changed.identity().inline().keySet());
    assertNull(changed.identity().boundary());
    assertEquals("writers", users.groupsOf(changed).get(0).name());

    users.keys().create(changed);
    assertThrows(AwsError.class, () -> type.delete(made, second), "a key of somebody else's");
    users.keys().of(changed).forEach(key -> users.keys().delete(changed, key.id()));
    users.join("writers", "bob");
    type.delete(made, second);
    type.delete(made, second);
    assertNull(users.all().find("bob"));
  }

  @Test
  void aGroupAndWhoIsInIt() throws Exception {
    ResourceType type = new GroupResource(users, managed);
    ResourceRequest group =
        request("{GroupName: g, Policies: [{PolicyName: p, PolicyDocument: " + DOCUMENT + "}]}");
    PhysicalResource made = type.create(group);
    List.of("a", "b").forEach(name -> users.create("/", name, Map.of(), null));
    ResourceType addition = new UserToGroupAdditionResource(users);
    ResourceRequest both = request("{GroupName: g, Users: [a, b]}");
    ResourceRequest one = request("{GroupName: g, Users: [b]}");
    PhysicalResource added = addition.create(both);
    assertEquals(2, users.members(users.groups().get("g")).size());
    addition.update(added, both, one);
    assertEquals("b", users.members(users.groups().get("g")).get(0).name());
    assertThrows(AwsError.class, () -> type.delete(made, group), "somebody is in it");
    addition.delete(added, one);
    type.delete(made, group);
    assertNull(users.groups().find("g"));
  }

  @Test
  void anAccessKeyIsSwitchedOffInPlace() throws Exception {
    users.create("/", "bob", Map.of(), null);
    ResourceType type = new AccessKeyResource(users);
    ResourceRequest active = request("{UserName: bob}");
    PhysicalResource key = type.create(active);
    assertTrue(users.keys().find(key.physicalId()).isPresent());
    assertTrue(key.attributes().containsKey("SecretAccessKey"));
    ResourceRequest inactive = request("{UserName: bob, Status: Inactive}");
    assertEquals(key, type.update(key, active, inactive));
    assertThrows(AwsError.class, () -> users.keys().find(key.physicalId()));
    assertThrows(AwsError.class, () -> type.create(request("{UserName: bob, Status: Off}")));
    type.delete(key, inactive);
    type.delete(key, inactive);
    assertTrue(users.keys().of(users.all().get("bob")).isEmpty());
  }

  @Test
  void oneInlinePolicyOfAUser() throws Exception {
    users.create("/", "bob", Map.of(), null);
    ResourceType type = new InlinePolicyResource<>(users.all(), managed);
    ResourceRequest request =
        request("{UserName: bob, PolicyName: p, PolicyDocument: " + DOCUMENT + "}");
    PhysicalResource made = type.create(request);
    assertEquals("p|bob", made.physicalId());
    assertTrue(users.all().get("bob").identity().inline().containsKey("p"));
    type.delete(made, request);
    type.delete(made, request);
    assertFalse(users.all().get("bob").identity().inline().containsKey("p"));
  }

  @Test
  void anInstanceProfileTakesAnotherRole() throws Exception {
    String trust =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
         "Principal":{"Service":"ec2.amazonaws.com"}}}""";
    List.of("a", "b").forEach(name -> roles.create("/", name, trust, "", 3600, Map.of(), null));
    ResourceType type = new InstanceProfileResource(profiles);
    ResourceRequest first = request("{InstanceProfileName: p, Roles: [a]}");
    ResourceRequest second = request("{InstanceProfileName: p, Roles: [b]}");
    PhysicalResource made = type.create(first);
    assertThrows(AwsError.class, () -> profiles.deleteRole("a"));
    type.update(made, first, second);
    profiles.deleteRole("a");
    assertEquals("b", profiles.get("p").roleName());
    type.delete(made, second);
    type.delete(made, second);
    profiles.deleteRole("b");
  }

  @Test
  void policiesOfUsersAndGroupsLeaveWithTheirTemplate() throws Exception {
    users.create("/", "bob", Map.of(), null);
    users.createGroup("/", "g");
    TemplateHolders holders = new TemplateHolders(users, roles);
    ResourceType inline = new PolicyResource(holders);
    ResourceType attached = new ManagedPolicyResource(holders, managed, clock);
    String rest = "Users: [bob], Groups: [g], PolicyDocument: " + DOCUMENT + "}";
    ResourceRequest policy = request("{PolicyName: p, " + rest);
    ResourceRequest managedPolicy = request("{ManagedPolicyName: m, " + rest);
    PhysicalResource one = inline.create(policy);
    PhysicalResource two = attached.create(managedPolicy);
    assertEquals(Set.of("p"), users.groups().get("g").identity().inline().keySet());
    assertEquals(List.of(two.physicalId()), users.all().get("bob").identity().attached());
    inline.delete(one, policy);
    attached.delete(two, managedPolicy);
    assertEquals(Set.of(), users.groups().get("g").identity().inline().keySet());
    assertEquals(List.of(), users.all().get("bob").identity().attached());
  }
}
