package io.pipelab.lab.template;

import io.pipelab.lab.NearestName;
import io.pipelab.lab.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Follows the references of a template: each must lead to what the template declares. */
final class TemplateReferences {
  /** What the embedded cloud evaluates (AWS: intrinsic function reference). */
  static final Set<String> FUNCTIONS =
      Set.of(
          "Ref",
          "Condition",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::If",
          "Fn::FindInMap",
          "Fn::ImportValue",
          "Fn::Join",
          "Fn::Select",
          "Fn::Split",
          "Fn::Base64",
          "Fn::GetAZs",
          "Fn::Cidr",
          "Fn::Equals",
          "Fn::And",
          "Fn::Or",
          "Fn::Not");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private final Source source;
  private final TemplateNames names;
  private final boolean embedded;

  TemplateReferences(Source source, TemplateNames names, boolean embedded) {
    this.source = source;
    this.names = names;
    this.embedded = embedded;
  }

  void check(MappingNode root, Map<String, NodeTuple> resources) {
    TemplateNodes.member(root, "Conditions")
        .ifPresent(all -> walk(all, "Conditions", names::wrongParameter));
    resources.forEach((id, tuple) -> resource("Resources." + id, tuple.getValueNode()));
    TemplateNodes.member(root, "Outputs")
        .map(TemplateNodes::members)
        .orElse(Map.of())
        .forEach((name, tuple) -> output("Outputs." + name, tuple));
  }

  private void resource(String path, Node body) {
    condition(body, path);
    TemplateNodes.member(body, "DependsOn")
        .ifPresent(
            on ->
                TemplateCheck.each(on)
                    .forEach(
                        node ->
                            TemplateNodes.text(node)
                                .flatMap(names::wrongResource)
                                .ifPresent(
                                    wrong -> source.report(node, path + ".DependsOn", wrong))));
    TemplateNodes.member(body, "Properties")
        .ifPresent(properties -> walk(properties, path + ".Properties", names::wrongRef));
    TemplateNodes.member(body, "Metadata")
        .ifPresent(metadata -> walk(metadata, path + ".Metadata", names::wrongRef));
  }

  private void output(String path, NodeTuple output) {
    Node body = output.getValueNode();
    condition(body, path);
    Optional<Node> value = TemplateNodes.member(body, "Value");
    if (value.isEmpty()) {
      source.reportMissing(output.getKeyNode(), path + ".Value", "is missing");
    }
    value.ifPresent(node -> walk(node, path + ".Value", names::wrongRef));
    TemplateNodes.member(body, "Export")
        .ifPresent(node -> walk(node, path + ".Export", names::wrongRef));
  }

  private void condition(Node body, String path) {
    TemplateNodes.member(body, "Condition")
        .ifPresent(node -> report(node, path + ".Condition", names::wrongCondition));
  }

  private void walk(Node node, String path, Function<String, Optional<String>> ref) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!") && tag.length() > 1) {
      String name = tag.substring(1);
      boolean bare = name.equals("Ref") || name.equals("Condition");
      function(bare ? name : "Fn::" + name, node, path, ref);
      return;
    }
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> walk(item, path, ref));
      return;
    }
    Map<String, NodeTuple> members = TemplateNodes.members(node);
    members.forEach(
        (name, tuple) -> {
          boolean function =
              members.size() == 1
                  && (name.equals("Ref")
                      || name.startsWith("Fn::")
                      || (name.equals("Condition") && path.startsWith("Conditions")));
          if (function) {
            function(name, tuple.getValueNode(), path, ref);
          } else {
            walk(tuple.getValueNode(), path + "." + name, ref);
          }
        });
  }

  private void function(
      String name, Node argument, String path, Function<String, Optional<String>> ref) {
    switch (name) {
      case "Ref" -> report(argument, path, ref);
      case "Condition" -> report(argument, path, names::wrongCondition);
      case "Fn::GetAtt" -> attribute(argument, path);
      case "Fn::Sub" -> substitution(argument, path, ref);
      case "Fn::If" -> {
        items(argument).stream()
            .findFirst()
            .ifPresent(condition -> report(condition, path, names::wrongCondition));
        items(argument).stream().skip(1).forEach(branch -> walk(branch, path, ref));
      }
      case "Fn::FindInMap" -> {
        items(argument).stream()
            .findFirst()
            .ifPresent(map -> report(map, path, names::wrongMapping));
        items(argument).forEach(item -> walk(item, path, ref));
      }
      default -> {
        if (embedded && !FUNCTIONS.contains(name)) {
          source.report(
              argument,
              path,
              "the embedded cloud does not support the function "
                  + name
                  + NearestName.of(name, FUNCTIONS)
                      .map(near -> "; did you mean " + near + "?")
                      .orElse(""));
        }
        inside(argument, path, ref);
      }
    }
  }

  /** The argument of a short tag carries the tag itself: only what is in it is walked. */
  private void inside(Node argument, String path, Function<String, Optional<String>> ref) {
    if (argument instanceof SequenceNode list) {
      list.getValue().forEach(item -> walk(item, path, ref));
    } else if (argument instanceof MappingNode) {
      TemplateNodes.members(argument)
          .forEach((name, tuple) -> walk(tuple.getValueNode(), path + "." + name, ref));
    }
  }

  private void attribute(Node argument, String path) {
    List<Node> items = items(argument);
    String[] pair =
        items.isEmpty() && argument instanceof ScalarNode scalar
            ? scalar.getValue().split("\\.", 2)
            : items.stream()
                .map(item -> TemplateNodes.text(item).orElse(""))
                .toArray(String[]::new);
    if (pair.length != 2 || pair[0].isEmpty()) {
      source.report(argument, path, "Fn::GetAtt needs a resource and an attribute");
    } else if (pair[1].isEmpty()) {
      names.wrongResource(pair[0]).ifPresent(wrong -> source.report(argument, path, wrong));
    } else {
      names
          .wrongAttribute(pair[0], pair[1])
          .ifPresent(wrong -> source.report(argument, path, wrong));
    }
  }

  private void substitution(Node argument, String path, Function<String, Optional<String>> ref) {
    List<Node> items = items(argument);
    Node text = items.isEmpty() ? argument : items.get(0);
    Set<String> own = items.size() < 2 ? Set.of() : TemplateNodes.members(items.get(1)).keySet();
    if (items.size() > 1) {
      walk(items.get(1), path, ref);
    }
    if (text instanceof ScalarNode scalar) {
      Matcher variable = VARIABLE.matcher(scalar.getValue());
      while (variable.find()) {
        String name = variable.group(1).strip();
        int dot = name.indexOf('.');
        Optional<String> wrong =
            own.contains(name)
                ? Optional.empty()
                : dot < 0
                    ? ref.apply(name)
                    : names.wrongAttribute(name.substring(0, dot), name.substring(dot + 1));
        wrong.ifPresent(words -> source.report(text, path, words));
      }
    }
  }

  private void report(Node node, String path, Function<String, Optional<String>> wrong) {
    if (node instanceof ScalarNode scalar) {
      wrong.apply(scalar.getValue()).ifPresent(words -> source.report(node, path, words));
    }
  }

  private static List<Node> items(Node node) {
    return node instanceof SequenceNode list ? list.getValue() : List.of();
  }
}
