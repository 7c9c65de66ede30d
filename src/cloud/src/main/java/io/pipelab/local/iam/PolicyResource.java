package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** AWS::IAM::Policy: an inline policy of users, groups and roles. */
final class PolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::Policy")
          .properties("PolicyName", "PolicyDocument")
          .properties(TemplateHolders.PROPERTIES)
          .required("PolicyName", "PolicyDocument")
          .attributes("Id");

  private final TemplateHolders holders;

  PolicyResource(TemplateHolders holders) {
    this.holders = holders;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    put(request);
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    put(after);
    remove(before, name(before).equals(name(after)) ? after : null);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    remove(last, null);
  }

  private void put(ResourceRequest request) {
    Document document =
        Document.identityPolicy(request.properties().path("PolicyDocument").toString());
    holders.alter(request, old -> old.withPolicy(name(request), document));
  }

  private void remove(ResourceRequest from, @Nullable ResourceRequest kept) {
    holders.alterLeft(from, kept, old -> old.withoutPolicy(name(from)));
  }

  private static String name(ResourceRequest request) {
    return Objects.requireNonNull(request.text("PolicyName"));
  }
}
