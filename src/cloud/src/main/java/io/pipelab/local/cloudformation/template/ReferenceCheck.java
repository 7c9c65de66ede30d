package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that every name in a template means something, with AWS's messages when it does not. */
final class ReferenceCheck {
  /** Notes what is not implemented. */
  interface Unsupported {
    void note(String what, String... path);
  }

  private final Template template;
  private final Unsupported unsupported;

  ReferenceCheck(Template template, Unsupported unsupported) {
    this.template = template;
    this.unsupported = unsupported;
  }

  void run() {
    checkConditions();
    Set<String> unresolved = new TreeSet<>();
    for (ResourceDeclaration resource : template.resources().values()) {
      condition(resource.condition(), "Resources");
      for (String id : resource.dependsOn()) {
        if (!template.resources().containsKey(id)) {
          unresolved.add(id);
        }
      }
      String path = "/Resources/" + resource.logicalId();
      walk(resource.properties(), path + "/Properties", unresolved);
      if (resource.metadata() != null) {
        walk(resource.metadata(), path + "/Metadata", unresolved);
      }
    }
    refuse(unresolved, "Resources");
    for (OutputDeclaration output : template.outputs().values()) {
      condition(output.condition(), "Outputs");
      walk(output.value(), "/Outputs/" + output.name() + "/Value", unresolved);
      if (output.exportName() != null) {
        walk(output.exportName(), "/Outputs/" + output.name() + "/Export/Name", unresolved);
      }
    }
    refuse(unresolved, "Outputs");
  }

  private static void refuse(Set<String> unresolved, String block) {
    if (!unresolved.isEmpty()) {
      throw Invalid.format(
          "Unresolved resource dependencies "
              + unresolved
              + " in the "
              + block
              + " block of the template");
    }
  }

  private void condition(@Nullable String name, String block) {
    if (name != null && !template.conditions().containsKey(name)) {
      throw Invalid.format(
          "Unresolved condition dependency "
              + name
              + " in the "
              + block
              + " block of the template");
    }
  }

  private void checkConditions() {
    Set<String> unresolved = new TreeSet<>();
    for (Map.Entry<String, JsonNode> condition : template.conditions().entrySet()) {
      new References(null, (reference, path) -> inConditions(reference, path, unresolved))
          .walkCondition(condition.getValue(), "/Conditions/" + condition.getKey());
    }
    if (!unresolved.isEmpty()) {
      throw Invalid.format(
          "Unresolved dependencies "
              + unresolved
              + ". Cannot reference resources in the Conditions block of the template");
    }
  }

  private void inConditions(Reference reference, String path, Set<String> unresolved) {
    if (reference instanceof Reference.Name name && !isParameter(name.name())) {
      unresolved.add(name.name());
    } else if (reference instanceof Reference.Attribute attribute) {
      unresolved.add(attribute.logicalId());
    } else if (reference instanceof Reference.Import) {
      throw Invalid.template("Cannot use Fn::ImportValue in Conditions.");
    } else {
      common(reference, path);
    }
  }

  private void walk(JsonNode node, String path, Set<String> unresolved) {
    new References(null, (reference, where) -> inValues(reference, where, unresolved))
        .walk(node, path);
  }

  private void inValues(Reference reference, String path, Set<String> unresolved) {
    if (reference instanceof Reference.Name name) {
      if (!isParameter(name.name()) && !template.resources().containsKey(name.name())) {
        unresolved.add(name.name());
      }
    } else if (reference instanceof Reference.Attribute attribute) {
      if (!template.resources().containsKey(attribute.logicalId())) {
        throw Invalid.template(
            attribute.function().equals("Fn::Sub")
                ? "instance of Fn::Sub references invalid resource attribute "
                    + attribute.logicalId()
                    + "."
                    + attribute.attribute()
                : "instance of Fn::GetAtt references undefined resource " + attribute.logicalId());
      }
    } else {
      common(reference, path);
    }
  }

  private void common(Reference reference, String path) {
    if (reference instanceof Reference.Condition condition
        && !template.conditions().containsKey(condition.name())) {
      throw Invalid.template(
          "unresolved condition dependency " + condition.name() + " in " + condition.function());
    } else if (reference instanceof Reference.Mapping mapping
        && !template.mappings().has(mapping.name())) {
      throw Invalid.template(
          "Mapping named '"
              + mapping.name()
              + "' is not present in the 'Mappings' section of"
              + " template.");
    } else if (reference instanceof Reference.Unsupported what) {
      unsupported.note(what.what(), path.substring(1).split("/"));
    }
  }

  private boolean isParameter(String name) {
    return template.parameters().containsKey(name) || PseudoParameters.NAMES.contains(name);
  }
}
