package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks a piece of a template and reports what it refers to; refuses misshapen functions. */
final class References {
  private final @Nullable Predicate<String> conditions;
  private final BiConsumer<Reference, String> found;

  /**
   * A walker.
   *
   * @param conditions says which branch of each Fn::If counts; null for both
   * @param found receives each reference and the path where it stands
   */
  References(@Nullable Predicate<String> conditions, BiConsumer<Reference, String> found) {
    this.conditions = conditions;
    this.found = found;
  }

  /** Walks a value. */
  void walk(JsonNode node, String path) {
    String function = Functions.of(node);
    if (function != null) {
      function(function, node.get(function), path + "/" + function);
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        walk(member.getValue(), path + "/" + member.getKey());
      }
    } else if (node.isArray()) {
      elements(node, 0, path);
    } else if (node.isTextual()) {
      text(node.textValue(), path);
    }
  }

  /** Walks a condition: Fn::Equals and what combines it. */
  void walkCondition(JsonNode node, String path) {
    String function = Conditions.functionOf(node);
    JsonNode argument = node.get(function);
    String below = path + "/" + function;
    switch (function) {
      case "Condition" ->
          found.accept(new Reference.Condition("Conditions", argument.asText()), below);
      case "Fn::Equals" -> elements(argument, 0, below);
      default -> {
        int index = 0;
        for (JsonNode each : argument) {
          walkCondition(each, below + "/" + index++);
        }
      }
    }
  }

  private void elements(JsonNode array, int from, String path) {
    for (int i = from; i < array.size(); i++) {
      walk(array.get(i), path + "/" + i);
    }
  }

  private void function(String name, JsonNode argument, String path) {
    Intrinsic intrinsic = Intrinsic.find(name);
    if (intrinsic == null) {
      found.accept(new Reference.Unsupported("function " + name), path);
      return;
    }
    intrinsic.check(argument);
    switch (intrinsic) {
      case REF -> found.accept(new Reference.Name(argument.textValue()), path);
      case GET_ATT -> attribute(argument, path);
      case SUB -> sub(argument, path);
      case IF -> branches(argument, path);
      case IMPORT_VALUE -> {
        found.accept(new Reference.Import(argument), path);
        walk(argument, path);
      }
      case FIND_IN_MAP -> {
        if (argument.get(0).isTextual()) {
          found.accept(new Reference.Mapping(argument.get(0).textValue()), path);
        }
        elements(argument, 0, path);
      }
      default -> walk(argument, path);
    }
  }

  private void attribute(JsonNode argument, String path) {
    JsonNode pair = Intrinsic.attributePair(argument);
    JsonNode attribute = pair.get(1);
    String name = attribute.isTextual() ? attribute.textValue() : "";
    String logicalId = pair.get(0).asText();
    if (logicalId.isEmpty() || (attribute.isTextual() && name.isEmpty())) {
      throw Intrinsic.GET_ATT.invalid();
    }
    found.accept(new Reference.Attribute("Fn::GetAtt", logicalId, name), path);
    walk(attribute, path);
  }

  private void sub(JsonNode argument, String path) {
    String text = argument.isArray() ? argument.get(0).textValue() : argument.textValue();
    JsonNode variables = argument.isArray() ? argument.get(1) : argument.path("none");
    for (SubText.Part part : SubText.parse(text)) {
      if (!part.variable()) {
        text(part.text(), path);
      } else if (!variables.has(part.text())) {
        int dot = part.text().indexOf('.');
        found.accept(
            dot < 0
                ? new Reference.Name(part.text())
                : new Reference.Attribute(
                    "Fn::Sub", part.text().substring(0, dot), part.text().substring(dot + 1)),
            path);
      }
    }
    for (Map.Entry<String, JsonNode> variable : variables.properties()) {
      walk(variable.getValue(), path + "/1/" + variable.getKey());
    }
  }

  private void branches(JsonNode argument, String path) {
    String condition = argument.get(0).asText();
    found.accept(new Reference.Condition("Fn::If", condition), path);
    if (conditions == null) {
      elements(argument, 1, path);
    } else {
      int taken = conditions.test(condition) ? 1 : 2;
      walk(argument.get(taken), path + "/" + taken);
    }
  }

  private void text(String text, String path) {
    for (String service : DynamicReference.unknownServices(text)) {
      found.accept(
          new Reference.Unsupported("dynamic reference {{resolve:" + service + ":...}}"), path);
    }
  }
}
