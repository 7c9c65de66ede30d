package io.pipelab.lab.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The members of a template's maps. */
final class TemplateNodes {
  private TemplateNodes() {}

  /** A map's members by their keys; empty for what is not a map. */
  static Map<String, NodeTuple> members(Node node) {
    Map<String, NodeTuple> members = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          members.put(key.getValue(), tuple);
        }
      }
    }
    return members;
  }

  /** The value of a map's member. */
  static Optional<Node> member(Node node, String name) {
    return Optional.ofNullable(members(node).get(name)).map(NodeTuple::getValueNode);
  }

  /** A text; empty for what is not a plain one. */
  static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().getValue().startsWith("!")
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }
}
