package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** AWS::IAM::Policy: an inline policy of roles. */
final class PolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::Policy")
          .properties("PolicyName", "PolicyDocument", "Roles")
          .required("PolicyName", "PolicyDocument")
          .attributes("Id");

  private final Roles roles;

  PolicyResource(Roles roles) {
    this.roles = roles;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = Objects.requireNonNull(request.text("PolicyName"));
    put(name, request);
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String name = Objects.requireNonNull(after.text("PolicyName"));
    String oldName = Objects.requireNonNull(before.text("PolicyName"));
    put(name, after);
    List<String> kept = name.equals(oldName) ? roleNames(after) : List.of();
    remove(oldName, roleNames(before).stream().filter(role -> !kept.contains(role)).toList());
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
