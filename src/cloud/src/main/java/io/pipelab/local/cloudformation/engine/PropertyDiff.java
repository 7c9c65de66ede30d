package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.Values;
import java.util.Set;
import java.util.TreeSet;

/** Tells what has changed between two sets of resolved properties. */
final class PropertyDiff {
  private PropertyDiff() {}

  /** The top-level properties that differ, sorted. */
  static Set<String> changed(ObjectNode before, ObjectNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    names.removeIf(
        name -> {
          JsonNode one = before.path(name);
          JsonNode other = after.path(name);
          return one.isMissingNode() == other.isMissingNode() && Values.same(one, other);
        });
    return names;
  }

  /** Whether one of the changed properties needs a new resource. */
  static boolean replaces(ResourceType type, Set<String> changed) {
    return changed.stream().anyMatch(type.schema().createOnly()::contains);
  }

  /**
   * Refuses a replacement that keeps a name of the user's own, before it overwrites the old one.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError with AWS's message
   */
  static void checkName(ResourceType type, ResourceRequest before, ResourceRequest after) {
    String property = type.schema().nameProperty();
    String name = property == null ? null : after.text(property);
    if (property != null && name != null && name.equals(before.text(property))) {
      throw Invalid.request(
          "CloudFormation cannot update a stack when a custom-named resource requires replacing."
              + " Rename "
              + name
              + " and update the stack again.");
    }
  }
}
