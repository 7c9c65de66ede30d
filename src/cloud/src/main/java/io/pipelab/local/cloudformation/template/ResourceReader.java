package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the Resources and Outputs sections. */
final class ResourceReader {
  private static final int MAX_RESOURCES = 500;
  private static final int MAX_OUTPUTS = 200;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]{1,255}");
  private static final Set<String> MEMBERS =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");
  private static final Set<String> UNSUPPORTED_MEMBERS =
      Set.of("CreationPolicy", "UpdatePolicy", "Version");
  private static final Set<String> OUTPUT_MEMBERS =
      Set.of("Value", "Description", "Export", "Condition");

  private final TemplateReader template;

  ResourceReader(TemplateReader template) {
    this.template = template;
  }

  Map<String, ResourceDeclaration> resources(ObjectNode section) {
    if (section.isEmpty()) {
      throw Invalid.format("At least one Resources member must be defined.");
    }
    limit("resources", section.size(), MAX_RESOURCES);
    Map<String, ResourceDeclaration> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : section.properties()) {
      resources.put(member.getKey(), resource(member.getKey(), member.getValue()));
    }
    return resources;
  }

  private ResourceDeclaration resource(String id, JsonNode node) {
    if (!NAME.matcher(id).matches()) {
      throw Invalid.format("Resource name " + id + " is non alphanumeric.");
    }
    if (!node.isObject()) {
      throw Invalid.format("[/Resources/" + id + "] resource definition is malformed");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (UNSUPPORTED_MEMBERS.contains(member.getKey())) {
        template.unsupported(
            "resource attribute " + member.getKey() + " of " + id,
            "Resources",
            id,
            member.getKey());
      } else if (!MEMBERS.contains(member.getKey())) {
        throw Invalid.request("Invalid template resource property '" + member.getKey() + "'");
      }
    }
    JsonNode type = node.path("Type");
    if (!type.isTextual()) {
      throw Invalid.format(
          "[/Resources/" + id + "] Every Resources object must contain a Type member.");
    }
    return new ResourceDeclaration(
        id,
        type.asText(),
        properties(id, node.get("Properties")),
        condition(node, "Resources", id),
        dependsOn(id, node.get("DependsOn")),
        policy(id, node, "DeletionPolicy"),
        policy(id, node, "UpdateReplacePolicy"),
        node.get("Metadata"));
  }

  private static ObjectNode properties(String id, @Nullable JsonNode node) {
    if (node == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (node instanceof ObjectNode object && Functions.of(node) == null) {
      return object;
    }
    throw Invalid.format(
        "[/Resources/" + id + "/Properties] Any Properties member must be a JSON object.");
  }

  private static List<String> dependsOn(String id, @Nullable JsonNode node) {
    List<String> ids = new ArrayList<>();
    if (node == null) {
      return ids;
    }
    if (node.isTextual()) {
      return List.of(node.asText());
    }
    for (JsonNode each : node) {
      if (!each.isTextual()) {
        break;
      }
      ids.add(each.asText());
    }
    if (!node.isArray() || ids.size() < node.size()) {
      throw Invalid.format(
          "[/Resources/" + id + "/DependsOn] DependsOn must be a string or list of strings.");
    }
    return ids;
  }

  private RemovalPolicy policy(String id, JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null) {
      return member.equals("DeletionPolicy")
          ? RemovalPolicy.usual(node.path("Type").asText(), node.path("Properties"))
          : RemovalPolicy.DELETE;
    }
    for (RemovalPolicy policy : RemovalPolicy.values()) {
      boolean allowed =
          policy != RemovalPolicy.RETAIN_EXCEPT_ON_CREATE || member.equals("DeletionPolicy");
      if (allowed && policy.text().equals(value.asText())) {
        return policy;
      }
    }
    throw Invalid.format(
        "Unrecognized " + member + " " + value.asText() + " for template resource " + id);
  }

  private static @Nullable String condition(JsonNode node, String section, String id) {
    JsonNode condition = node.get("Condition");
    if (condition == null) {
      return null;
    }
    if (!condition.isTextual()) {
      throw Invalid.format(
          "[/" + section + "/" + id + "] Every Condition member must be a string.");
    }
    return condition.asText();
  }

  Map<String, OutputDeclaration> outputs(ObjectNode section) {
    limit("outputs", section.size(), MAX_OUTPUTS);
    Map<String, OutputDeclaration> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : section.properties()) {
      outputs.put(member.getKey(), output(member.getKey(), member.getValue()));
    }
    return outputs;
  }

  private static OutputDeclaration output(String name, JsonNode node) {
    if (!NAME.matcher(name).matches()) {
      throw Invalid.format("Output name " + name + " is non alphanumeric.");
    }
    JsonNode value = node.get("Value");
    if (value == null) {
      throw Invalid.format("Every Outputs member must contain a Value object");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!OUTPUT_MEMBERS.contains(member.getKey())) {
        throw Invalid.request("Invalid template output property '" + member.getKey() + "'");
      }
    }
    JsonNode export = node.get("Export");
    if (export != null && (export.size() != 1 || export.get("Name") == null)) {
      throw Invalid.format("Output " + name + " is malformed. Export must contain a Name");
    }
    return new OutputDeclaration(
        name,
        value,
        TemplateReader.description(node.get("Description"), 1024, "Output description length"),
        export == null ? null : export.get("Name"),
        condition(node, "Outputs", name));
  }

  private static void limit(String what, int number, int max) {
    if (number > max) {
      throw Invalid.format(
          "Number of " + what + ", " + number + ", is greater than maximum allowed, " + max);
    }
  }
}
