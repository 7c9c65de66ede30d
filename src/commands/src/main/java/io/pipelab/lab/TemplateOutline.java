package io.pipelab.lab;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The names in a CloudFormation template that a manifest refers to.
 *
 * @param required the parameters without a default
 */
record TemplateOutline(Set<String> parameters, Set<String> required, Set<String> outputs) {
  /** Of a template that is not valid YAML: nobody knows what is in it. */
  static final TemplateOutline UNREADABLE = new TemplateOutline(Set.of(), Set.of(), Set.of());

  /**
   * Reads a template in YAML or JSON.
   *
   * @throws ManifestError when it is not valid YAML
   */
  static TemplateOutline of(Path file) {
    MappingNode template = new Source(file).document();
    Set<String> parameters = new LinkedHashSet<>();
    Set<String> required = new LinkedHashSet<>();
    for (NodeTuple parameter : section(template, "Parameters")) {
      String name = key(parameter);
      parameters.add(name);
      boolean hasDefault =
          parameter.getValueNode() instanceof MappingNode map
              && map.getValue().stream().anyMatch(tuple -> key(tuple).equals("Default"));
      if (!hasDefault) {
        required.add(name);
      }
    }
    Set<String> outputs = new LinkedHashSet<>();
    section(template, "Outputs").forEach(output -> outputs.add(key(output)));
    return new TemplateOutline(parameters, required, outputs);
  }

  private static Iterable<NodeTuple> section(MappingNode template, String name) {
    return template.getValue().stream()
        .filter(tuple -> key(tuple).equals(name))
        .map(NodeTuple::getValueNode)
        .filter(MappingNode.class::isInstance)
        .flatMap(node -> ((MappingNode) node).getValue().stream())
        .toList();
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
