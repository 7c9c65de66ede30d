package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a template section by section. */
final class TemplateReader {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Resources",
          "Outputs",
          "Rules",
          "Transform",
          "Hooks");
  private static final List<String> UNSUPPORTED_SECTIONS = List.of("Hooks");

  private final String body;
  private final SourceTree source;
  private final List<String> unsupported = new ArrayList<>();

  TemplateReader(String body) {
    this.body = body;
    this.source = SourceTree.read(body);
  }

  Template read() {
    Set<String> unknown = new TreeSet<>();
    source.root().fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(SECTIONS);
    if (!unknown.isEmpty()) {
      throw Invalid.request("Invalid template property or properties " + unknown);
    }
    for (String section : UNSUPPORTED_SECTIONS) {
      if (source.root().has(section)) {
        unsupported("section " + section, section);
      }
    }
    transforms(source.root().path("Transform"));
    ResourceReader resources = new ResourceReader(this);
    Template template =
        new Template(
            body,
            version(),
            description(source.root().get("Description"), 1024, "'Description' length"),
            source.root().get("Metadata"),
            new ParameterReader(this).read(section("Parameters")),
            mappings(),
            rules(),
            conditions(),
            resources.resources(section("Resources")),
            resources.outputs(section("Outputs")),
            unsupported,
            source.lines());
    new ReferenceCheck(template, this::unsupported).run();
    return template;
  }

  /** Notes what is not implemented, with the line of the member. */
  void unsupported(String what, String... path) {
    int line = source.lines().getOrDefault("/" + String.join("/", path), 0);
    unsupported.add("Unsupported " + what + (line == 0 ? "" : " (line " + line + ")"));
  }

  private @Nullable String version() {
    JsonNode version = source.root().get("AWSTemplateFormatVersion");
    if (version != null && !version.asText().equals("2010-09-09")) {
      throw Invalid.format("unsupported value for AWSTemplateFormatVersion.");
    }
    return version == null ? null : version.asText();
  }

  static @Nullable String description(@Nullable JsonNode node, int max, String what) {
    if (node == null) {
      return null;
    }
    if (!node.isValueNode()) {
      throw Invalid.format("Every Description member must be a string.");
    }
    if (node.asText().length() > max) {
      throw Invalid.format(what + " is greater than " + max + ".");
    }
    return node.asText();
  }

  private ObjectNode section(String name) {
    JsonNode section = source.root().get(name);
    if (section == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    return object(section, name);
  }

  private static ObjectNode object(JsonNode node, String what) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Invalid.format("[/" + what + "] Any " + what + " member must be a JSON object.");
  }

  private ObjectNode mappings() {
    ObjectNode mappings = section("Mappings");
    for (Map.Entry<String, JsonNode> map : mappings.properties()) {
      for (Map.Entry<String, JsonNode> row : object(map.getValue(), "Mappings").properties()) {
        if (!row.getValue().isObject()) {
          throw Invalid.format(
              "Every Mappings member " + row.getKey() + " must be a map (" + map.getKey() + ")");
        }
        for (Map.Entry<String, JsonNode> cell : row.getValue().properties()) {
          if (cell.getValue().isObject()) {
            throw Invalid.format("Every Mappings attribute must be a String or a List.");
          }
        }
      }
    }
    return mappings;
  }

  /** Macros: those of AWS too, such as SAM's {@code AWS::Serverless-2016-10-31}. */
  private void transforms(JsonNode transform) {
    if (transform.isArray()) {
      transform.forEach(this::transforms);
    } else if (!transform.isMissingNode()) {
      String name = transform.isObject() ? transform.path("Name").asText() : transform.asText();
      unsupported("transform " + name, "Transform");
    }
  }

  private Map<String, JsonNode> rules() {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> rule : section("Rules").properties()) {
      Rules.checkShape(rule.getKey(), rule.getValue(), this::unsupported);
      rules.put(rule.getKey(), rule.getValue());
    }
    return rules;
  }

  private Map<String, JsonNode> conditions() {
    Map<String, JsonNode> conditions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> condition : section("Conditions").properties()) {
      if (!Conditions.isFunction(condition.getValue())) {
        throw Invalid.format(
            "Conditions can only be boolean operations on parameters and other conditions");
      }
      conditions.put(condition.getKey(), condition.getValue());
    }
    return conditions;
  }
}
