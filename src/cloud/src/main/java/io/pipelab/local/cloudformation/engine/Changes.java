package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.OutputDeclaration;
import io.pipelab.local.cloudformation.template.Plan;
import io.pipelab.local.cloudformation.template.ResourceDeclaration;
import io.pipelab.local.cloudformation.template.ResourceValues;
import io.pipelab.local.cloudformation.template.Unknown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeType;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.PolicyAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceAttribute;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** What a deployment would change, worked out without changing anything. */
public final class Changes implements ResourceValues {
  private final Engine engine;
  private final Deployment wanted;
  private final Map<String, LiveResource> current = new LinkedHashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<Change> changes = new ArrayList<>();
  private boolean besidesResources;

  private Changes(Engine engine, Deployment wanted) {
    this.engine = engine;
    this.wanted = wanted;
  }

  /**
   * Compares a deployment with a stack.
   *
   * @param stack null, or without resources, for a creation
   * @throws io.pipelab.local.kernel.AwsError ValidationError when a value cannot be resolved, or a
   *     resource would change its type
   */
  public static Changes between(Engine engine, @Nullable LiveStack stack, Deployment wanted) {
    Changes changes = new Changes(engine, wanted);
    if (stack != null) {
      stack.resources().stream()
          .filter(each -> each.exists() && each.request() != null)
          .forEach(each -> changes.current.put(each.logicalId(), each));
    }
    changes.compare(stack);
    return changes;
  }

  /** The changes of resources, in the order of dependencies. */
  public List<Change> list() {
    return List.copyOf(changes);
  }

  /** Whether the deployment would change nothing at all. */
  public boolean isEmpty() {
    return changes.isEmpty() && !besidesResources;
  }

  private void compare(@Nullable LiveStack stack) {
    Plan plan = wanted.plan();
    checkTypes(plan);
    for (String id : plan.graph().order()) {
      ResourceDeclaration declaration = Objects.requireNonNull(plan.resources().get(id));
      ObjectNode properties = plan.properties(declaration, this, this::importValue);
      LiveResource live = current.get(id);
      ResourceRequest before = live == null ? null : live.request();
      if (live == null || before == null) {
        unknown.add(id);
        add(ChangeAction.ADD, declaration, builder -> builder);
      } else {
        modify(declaration, live, before, properties);
      }
    }
    for (LiveResource live : current.values()) {
      if (!plan.resources().containsKey(live.logicalId())) {
        PolicyAction policy =
            switch (live.declaration().deletionPolicy()) {
              case DELETE -> PolicyAction.DELETE;
              case SNAPSHOT -> PolicyAction.SNAPSHOT;
              case RETAIN, RETAIN_EXCEPT_ON_CREATE -> PolicyAction.RETAIN;
            };
        add(
            ChangeAction.REMOVE,
            live.declaration(),
            change -> change.physicalResourceId(live.physicalId()).policyAction(policy));
      }
    }
    List<Output> outputs = outputs(plan);
    Deployment before = stack == null ? null : stack.deployment();
    besidesResources =
        stack == null
            || before == null
            || !before.tags().equals(wanted.tags())
            || stack.status() == StackStatus.UPDATE_FAILED
            || stack.status() == StackStatus.CREATE_FAILED
            || !outputs.equals(stack.outputs());
  }

  private void checkTypes(Plan plan) {
    Set<String> modified = new TreeSet<>();
    for (ResourceDeclaration declaration : plan.resources().values()) {
      LiveResource live = current.get(declaration.logicalId());
      if (live != null && !live.declaration().type().equals(declaration.type())) {
        modified.add(declaration.logicalId());
      }
    }
    if (!modified.isEmpty()) {
      throw Invalid.request(
          "Update of resource type is not permitted. The new template modifies resource type of"
              + " the following resources: "
              + modified);
    }
  }

  private void modify(
      ResourceDeclaration declaration,
      LiveResource live,
      ResourceRequest before,
      ObjectNode properties) {
    ResourceType type = engine.catalog().type(declaration.type());
    Set<String> changed = PropertyDiff.changed(before.origin().declared(), properties);
    List<ResourceChangeDetail> details = new ArrayList<>();
    PropertyChange source = new PropertyChange(wanted.plan(), type, unknown);
    for (String property : changed) {
      details.add(
          source.detail(
              property,
              live.declaration().properties().get(property),
              declaration.properties().get(property),
              properties.get(property)));
    }
    if (type.schema().taggable() && !before.stackTags().equals(wanted.tags())) {
      details.add(PropertyChange.attribute(ResourceAttribute.TAGS));
    }
    declarationChanges(live.declaration(), declaration, details);
    if (details.isEmpty()) {
      return;
    }
    Replacement replacement = PropertyChange.replacement(details);
    boolean replaced = PropertyChange.isReplaced(replacement);
    if (replaced) {
      unknown.add(declaration.logicalId());
    }
    PolicyAction replacing =
        switch (live.declaration().updateReplacePolicy()) {
          case DELETE -> PolicyAction.REPLACE_AND_DELETE;
          case SNAPSHOT -> PolicyAction.REPLACE_AND_SNAPSHOT;
          case RETAIN, RETAIN_EXCEPT_ON_CREATE -> PolicyAction.REPLACE_AND_RETAIN;
        };
    Set<ResourceAttribute> scope = new TreeSet<>();
    details.forEach(each -> scope.add(each.target().attribute()));
    add(
        ChangeAction.MODIFY,
        declaration,
        change ->
            change
                .physicalResourceId(live.physicalId())
                .replacement(replacement)
                .policyAction(replaced ? replacing : null)
                .scope(scope)
                .details(details));
  }

  private static void declarationChanges(
      ResourceDeclaration before, ResourceDeclaration after, List<ResourceChangeDetail> details) {
    if (!Objects.equals(before.metadata(), after.metadata())) {
      details.add(PropertyChange.attribute(ResourceAttribute.METADATA));
    }
    if (before.deletionPolicy() != after.deletionPolicy()) {
      details.add(PropertyChange.attribute(ResourceAttribute.DELETION_POLICY));
    }
    if (before.updateReplacePolicy() != after.updateReplacePolicy()) {
      details.add(PropertyChange.attribute(ResourceAttribute.UPDATE_REPLACE_POLICY));
    }
  }

  private void add(
      ChangeAction action,
      ResourceDeclaration declaration,
      UnaryOperator<ResourceChange.Builder> more) {
    ResourceChange.Builder change =
        ResourceChange.builder()
            .action(action)
            .logicalResourceId(declaration.logicalId())
            .resourceType(declaration.type());
    changes.add(
        Change.builder()
            .type(ChangeType.RESOURCE)
            .resourceChange(more.apply(change).build())
            .build());
  }

  private List<Output> outputs(Plan plan) {
    List<Output> outputs = new ArrayList<>();
    for (OutputDeclaration declaration : plan.outputs().values()) {
      JsonNode name = declaration.exportName();
      outputs.add(
          Output.builder()
              .outputKey(declaration.name())
              .outputValue(plan.resolve(declaration.value(), this, this::importValue).asText())
              .description(declaration.description())
              .exportName(
                  name == null ? null : plan.resolve(name, this, this::importValue).asText())
              .build());
    }
    return outputs;
  }

  private JsonNode importValue(String name) {
    return engine.exports().has(name)
        ? engine.exports().value(name)
        : TextNode.valueOf(Unknown.TEXT);
  }

  @Override
  public JsonNode ref(String logicalId) {
    LiveResource live = current.get(logicalId);
    return live == null || unknown.contains(logicalId)
        ? TextNode.valueOf(Unknown.TEXT)
        : TextNode.valueOf(live.physicalId());
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    LiveResource live = current.get(logicalId);
    JsonNode value =
        live == null || live.physical() == null || unknown.contains(logicalId)
            ? null
            : live.physical().attributes().get(attribute);
    return value == null ? TextNode.valueOf(Unknown.TEXT) : value;
  }
}
