package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.Objects;

/**
 * AWS::IAM::UserPolicy, AWS::IAM::GroupPolicy and AWS::IAM::RolePolicy: an inline policy of one
 * identity. Its physical id is {@code POLICY|NAME}, which is its identifier on AWS.
 */
final class InlinePolicyResource<T extends Holder<T>> implements ResourceType {
  private static final TypeSchema USER_SCHEMA = schema(IdentityKind.USER);
  private static final TypeSchema GROUP_SCHEMA = schema(IdentityKind.GROUP);
  private static final TypeSchema ROLE_SCHEMA = schema(IdentityKind.ROLE);

  private final HeldPolicies<T> held;
  private final Identities<T> holders;
  private final String nameProperty;
  private final TypeSchema schema;

  InlinePolicyResource(Identities<T> holders, ManagedPolicies managed) {
    this.holders = holders;
    this.held = new HeldPolicies<>(holders, managed);
    this.nameProperty = holders.kind().title() + "Name";
    this.schema =
        switch (holders.kind()) {
          case USER -> USER_SCHEMA;
          case GROUP -> GROUP_SCHEMA;
          case ROLE -> ROLE_SCHEMA;
        };
  }

  private static TypeSchema schema(IdentityKind kind) {
    String nameProperty = kind.title() + "Name";
    return TypeSchema.of("AWS::IAM::" + kind.title() + "Policy")
        .createOnly("PolicyName", nameProperty)
        .properties("PolicyDocument")
        .required("PolicyName", nameProperty);
  }

  @Override
  public TypeSchema schema() {
    return schema;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    put(request);
    return PhysicalResource.of(policy(request) + "|" + holder(request));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    put(after);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    T holder = holders.find(holder(last));
    if (holder != null && holder.identity().inline().containsKey(policy(last))) {
      held.delete(holder.name(), policy(last));
    }
  }

  private void put(ResourceRequest request) {
    String document = request.properties().path("PolicyDocument").toString();
    held.put(holder(request), policy(request), document);
  }

  private String holder(ResourceRequest request) {
    return Objects.requireNonNull(request.text(nameProperty));
  }

  private static String policy(ResourceRequest request) {
    return Objects.requireNonNull(request.text("PolicyName"));
  }
}
