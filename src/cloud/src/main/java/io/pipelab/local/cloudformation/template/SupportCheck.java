package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Refuses by name, all at once and before anything is created, what a template asks for and the
 * embedded cloud does not have.
 */
public final class SupportCheck {
  private final Template template;
  private final @Nullable Plan plan;
  private final Map<String, ResourceType> types;
  private final List<String> problems;

  private SupportCheck(Template template, @Nullable Plan plan, Map<String, ResourceType> types) {
    this.template = template;
    this.plan = plan;
    this.types = types;
    this.problems = new ArrayList<>(template.unsupported());
  }

  /**
   * Checks a template against the resource types that exist.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError that names everything with its line
   */
  public static void require(Template template, Map<String, ResourceType> types) {
    new SupportCheck(template, null, types).run();
  }

  /**
   * Checks what a plan comes to: a resource that its condition leaves out, and a property that is
   * {@code AWS::NoValue}, need not be known.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError that names everything with its line
   */
  public static void require(Plan plan, Map<String, ResourceType> types) {
    new SupportCheck(plan.template(), plan, types).run();
  }

  private void run() {
    Collection<ResourceDeclaration> resources =
        (plan == null ? template.resources() : plan.resources()).values();
    resources.forEach(this::resource);
    if (!problems.isEmpty()) {
      throw Invalid.template(String.join("; ", problems));
    }
    SecureReferences.require(template);
    resources.forEach(each -> attributes(each.properties()));
    (plan == null ? template.outputs() : plan.outputs())
        .values()
        .forEach(each -> attributes(each.value()));
  }

  private void resource(ResourceDeclaration resource) {
    String id = resource.logicalId();
    ResourceType type = types.get(resource.type());
    if (type == null) {
      problems.add(
          "Unsupported resource type "
              + resource.type()
              + " "
              + template.at("Resources", id, "Type"));
      return;
    }
    snapshot(resource, type, resource.deletionPolicy(), "DeletionPolicy");
    snapshot(resource, type, resource.updateReplacePolicy(), "UpdateReplacePolicy");
    for (Map.Entry<String, JsonNode> property : resource.properties().properties()) {
      if (!type.schema().properties().contains(property.getKey()) && isThere(property.getValue())) {
        problems.add(
            "Unsupported property "
                + property.getKey()
                + " of "
                + resource.type()
                + " in resource "
                + id
                + " "
                + template.at("Resources", id, "Properties", property.getKey()));
      }
    }
    for (String required : new TreeSet<>(type.schema().required())) {
      if (!resource.properties().has(required)) {
        problems.add(
            "Missing property "
                + required
                + " of "
                + resource.type()
                + " in resource "
                + id
                + " "
                + template.at("Resources", id));
      }
    }
  }

  /** Whether anything is left of a property; without a plan, anything may be. */
  private boolean isThere(JsonNode value) {
    if (plan == null) {
      return true;
    }
    String function = Functions.of(value);
    if ("Fn::If".equals(function)) {
      JsonNode branches = value.get(function);
      return isThere(branches.path(plan.condition(branches.path(0).asText()) ? 1 : 2));
    }
    return !("Ref".equals(function) && value.get(function).asText().equals("AWS::NoValue"));
  }

  private void snapshot(
      ResourceDeclaration resource, ResourceType type, RemovalPolicy policy, String member) {
    if (policy == RemovalPolicy.SNAPSHOT && !type.takesSnapshots()) {
      String id = resource.logicalId();
      problems.add(
          "Unsupported "
              + member
              + " Snapshot of "
              + id
              + " "
              + template.at("Resources", id, member));
    }
  }

  private void attributes(@Nullable JsonNode value) {
    if (value == null) {
      return;
    }
    new References(
            plan == null ? null : plan::condition,
            (reference, path) -> {
              if (reference instanceof Reference.Attribute attribute) {
                attribute(attribute);
              }
            })
        .walk(value, "");
  }

  private void attribute(Reference.Attribute reference) {
    ResourceDeclaration resource = template.resources().get(reference.logicalId());
    ResourceType type = resource == null ? null : types.get(resource.type());
    boolean known = type == null || type.schema().attributes().contains(reference.attribute());
    if (!known && !reference.attribute().isEmpty()) {
      throw Invalid.template(
          "resource "
              + reference.logicalId()
              + " does not support attribute type "
              + reference.attribute()
              + " in Fn::GetAtt");
    }
  }
}
