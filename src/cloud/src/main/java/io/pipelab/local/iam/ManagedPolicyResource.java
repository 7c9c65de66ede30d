package io.pipelab.local.iam;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.CloudClock;
import java.util.Map;
import java.util.Objects;

/** AWS::IAM::ManagedPolicy. */
final class ManagedPolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::IAM::ManagedPolicy")
          .createOnly("ManagedPolicyName", "Path", "Description")
          .properties("PolicyDocument")
          .properties(TemplateHolders.PROPERTIES)
          .required("PolicyDocument")
          .attributes("PolicyArn", "PolicyId", "DefaultVersionId");

  private final TemplateHolders holders;
  private final ManagedPolicies policies;
  private final CloudClock clock;

  ManagedPolicyResource(TemplateHolders holders, ManagedPolicies policies, CloudClock clock) {
    this.holders = holders;
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ManagedPolicy policy =
        policies.create(
            Objects.requireNonNullElse(request.text("Path"), "/"),
            request.nameOr("ManagedPolicyName", 128),
            document(request),
            Objects.requireNonNullElse(request.text("Description"), ""),
            Map.of());
    holders.alter(request, old -> old.withAttached(policy.arn()));
    return physical(policy);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    String arn = current.physicalId();
    Document document = ManagedPolicies.read(document(after));
    ManagedPolicy changed =
        policies.change(
            arn,
            policy -> {
              // CloudFormation keeps the new version alone.
              ManagedPolicy next = policy.withVersion(document, clock.now(), true);
              for (Integer old : policy.versions().keySet()) {
                next = next.withoutVersion(old);
              }
              return next;
            });
    holders.alter(after, old -> old.withAttached(arn));
    holders.alterLeft(before, after, old -> old.withoutAttached(arn));
    return physical(changed);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String arn = current.physicalId();
    if (policies.find(arn) != null) {
      holders.alterLeft(last, null, old -> old.withoutAttached(arn));
      policies.delete(arn);
    }
  }

  private static PhysicalResource physical(ManagedPolicy policy) {
    return PhysicalResource.of(policy.arn())
        .with("PolicyArn", policy.arn())
        .with("PolicyId", policy.id())
        .with("DefaultVersionId", "v" + policy.defaultVersion());
  }

  private static String document(ResourceRequest request) {
    return request.properties().path("PolicyDocument").toString();
  }
}
