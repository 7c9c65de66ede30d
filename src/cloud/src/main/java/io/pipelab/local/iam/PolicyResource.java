package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** AWS::IAM::Policy: an inline policy of roles. */
final class PolicyResource implements ResourceType {
  private final Roles roles;

  PolicyResource(Roles roles) {
    this.roles = roles;
  }

  @Override
  public String typeName() {
    return "AWS::IAM::Policy";
  }

  @Override
  public Set<String> properties() {
    return Set.of("PolicyName", "PolicyDocument", "Roles");
  }

  @Override
  public Set<String> required() {
    return Set.of("PolicyName", "PolicyDocument");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("PolicyName");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = Objects.requireNonNull(request.text("PolicyName"));
    put(name, request);
    return PhysicalResource.of(request.generatedName(128)).with("Id", name);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = Objects.requireNonNull(after.text("PolicyName"));
    put(name, after);
    List<String> kept = roleNames(after);
    remove(name, roleNames(before).stream().filter(role -> !kept.contains(role)).toList());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    remove(Objects.requireNonNull(last.text("PolicyName")), roleNames(last));
  }

  private void put(String name, ResourceRequest request) {
    JsonNode document =
        PolicyDocuments.identityPolicy(request.properties().path("PolicyDocument").toString());
    roleNames(request).forEach(role -> roles.change(role, old -> old.withPolicy(name, document)));
  }

  private void remove(String name, List<String> from) {
    List<String> there = roles.list("/").stream().map(Role::name).toList();
    from.stream()
        .filter(there::contains)
        .forEach(role -> roles.change(role, old -> old.withoutPolicy(name)));
  }

  private static List<String> roleNames(ResourceRequest request) {
    List<String> names = new ArrayList<>();
    request.properties().path("Roles").forEach(name -> names.add(name.asText()));
    return names;
  }
}
