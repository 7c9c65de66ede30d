package io.pipelab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * When a template makes what: the first phase in which the condition of each resource and output
 * holds. A condition on another parameter may hold, so it counts as if it did (AWS: template
 * Conditions section, intrinsic condition functions).
 *
 * @param allowed the values that the phase's parameter takes
 * @param otherwise the parameter's default
 * @param resources the phase of each resource's logical id, in the template's order; a resource
 *     that no phase makes is not in it
 * @param outputs the phase of each output, likewise
 */
record TemplatePhases(
    List<String> allowed,
    Optional<String> otherwise,
    Map<String, String> resources,
    Map<String, String> outputs) {

  /**
   * Reads a template.
   *
   * @param parameter the template's parameter that takes a phase's id
   * @param phases the phases' ids, in order
   */
  static TemplatePhases of(MappingNode template, String parameter, List<String> phases) {
    Map<String, Node> parameters = section(template, "Parameters");
    Node own = parameters.getOrDefault(parameter, template);
    return new TemplatePhases(
        member(own, "AllowedValues").map(TemplatePhases::texts).orElse(List.of()),
        member(own, "Default").map(TemplatePhases::text),
        made(template, "Resources", parameter, phases),
        made(template, "Outputs", parameter, phases));
  }

  private static Map<String, String> made(
      MappingNode template, String section, String parameter, List<String> phases) {
    Map<String, Node> conditions = section(template, "Conditions");
    Map<String, String> first = new LinkedHashMap<>();
    section(template, section)
        .forEach(
            (name, node) ->
                phases.stream()
                    .filter(
                        phase ->
                            new Conditions(conditions, parameter, phase)
                                .mayHold(member(node, "Condition").map(TemplatePhases::text)))
                    .findFirst()
                    .ifPresent(phase -> first.put(name, phase)));
    return first;
  }

  /** The conditions of a template when one parameter has a value. */
  private record Conditions(Map<String, Node> declared, String parameter, String value) {
    boolean mayHold(Optional<String> name) {
      return name.isEmpty() || named(name.get(), declared.size()).orElse(true);
    }

    /** Whether it holds; empty when that depends on another parameter. */
    private Optional<Boolean> named(String name, int depth) {
      Node condition = declared.get(name);
      return condition == null || depth < 0 ? Optional.empty() : of(condition, depth - 1);
    }

    private Optional<Boolean> of(Node node, int depth) {
      String function = function(node);
      Node argument = argument(node);
      List<Node> operands = argument instanceof SequenceNode list ? list.getValue() : List.of();
      return switch (function) {
        case "Condition" -> named(text(argument), depth);
        case "Equals" -> equal(operands);
        case "Not" ->
            operands.isEmpty() ? Optional.empty() : of(operands.get(0), depth).map(x -> !x);
        case "Or" -> joined(operands, true, depth);
        case "And" -> joined(operands, false, depth);
        default -> Optional.empty();
      };
    }

    private Optional<Boolean> equal(List<Node> operands) {
      List<String> sides = new ArrayList<>();
      for (Node operand : operands) {
        if (function(operand).equals("Ref") && text(argument(operand)).equals(parameter)) {
          sides.add(value);
        } else if (function(operand).isEmpty() && operand instanceof ScalarNode) {
          sides.add(text(operand));
        }
      }
      return sides.size() == 2 && operands.size() == 2
          ? Optional.of(sides.get(0).equals(sides.get(1)))
          : Optional.empty();
    }

    /** One operand with the deciding value decides; one that is not known leaves it open. */
    private Optional<Boolean> joined(List<Node> operands, boolean deciding, int depth) {
      boolean open = operands.isEmpty();
      for (Node operand : operands) {
        Optional<Boolean> one = of(operand, depth);
        if (one.isPresent() && one.get() == deciding) {
          return one;
        }
        open = open || one.isEmpty();
      }
      return open ? Optional.empty() : Optional.of(!deciding);
    }

    /** {@code Equals}, {@code Ref} ..., in its short or its long form; empty for a plain value. */
    private static String function(Node node) {
      String tag = node.getTag().getValue();
      if (tag.startsWith("!")) {
        return tag.substring(1);
      }
      return node instanceof MappingNode map && map.getValue().size() == 1
          ? text(map.getValue().get(0).getKeyNode()).replaceFirst("^Fn::", "")
          : "";
    }

    private static Node argument(Node node) {
      return node instanceof MappingNode map && !node.getTag().getValue().startsWith("!")
          ? map.getValue().get(0).getValueNode()
          : node;
    }
  }

  private static Map<String, Node> section(MappingNode template, String name) {
    return member(template, name).map(TemplatePhases::members).orElse(Map.of());
  }

  private static Optional<Node> member(Node node, String name) {
    return Optional.ofNullable(members(node).get(name));
  }

  private static Map<String, Node> members(Node node) {
    Map<String, Node> members = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        members.put(text(tuple.getKeyNode()), tuple.getValueNode());
      }
    }
    return members;
  }

  private static List<String> texts(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(TemplatePhases::text).toList()
        : List.of();
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
