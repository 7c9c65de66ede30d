package io.pipelab.lab.template;

import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Source;
import io.pipelab.lab.template.EmbeddedTypes.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the mistakes in one template without a cloud: sections and members that CloudFormation does
 * not know, references to what is not there, and, for the embedded cloud, types, properties and
 * attributes that it does not implement (AWS: template anatomy).
 */
public final class TemplateCheck {
  /** The largest template that CloudFormation takes in one call. */
  private static final long LARGEST = 51_200;

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
  private static final Set<String> MEMBERS =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata",
          "CreationPolicy",
          "UpdatePolicy",
          "Version");
  private static final Set<String> ONLY_ON_AWS =
      Set.of("Transform", "Hooks", "CreationPolicy", "UpdatePolicy", "Version");

  private final Source source;
  private final Optional<EmbeddedTypes> embedded;

  private TemplateCheck(Source source, Optional<EmbeddedTypes> embedded) {
    this.source = source;
    this.embedded = embedded;
  }

  /**
   * Every mistake in a template.
   *
   * @param embedded the embedded cloud's types; empty for other targets, whose limits are their own
   */
  public static List<Mistake> mistakesIn(Path template, Optional<EmbeddedTypes> embedded) {
    Source source = new Source(template);
    MappingNode root;
    try {
      root = source.document();
    } catch (ManifestError e) {
      return e.mistakes();
    }
    new TemplateCheck(source, embedded).check(root);
    return source.mistakes();
  }

  private void check(MappingNode root) {
    requireSize(root);
    members(root, "", SECTIONS, "section");
    Map<String, NodeTuple> resources = section(root, "Resources");
    if (resources.isEmpty()) {
      source.reportMissing(root, "Resources", "must have at least one resource");
    }
    resources.forEach((id, tuple) -> resource(id, tuple));
    new TemplateReferences(source, names(root, resources), embedded.isPresent())
        .check(root, resources);
  }

  private void requireSize(MappingNode root) {
    try {
      long bytes = Files.size(source.file());
      if (bytes > LARGEST) {
        source.report(root, "", "has " + bytes + " bytes; CloudFormation takes " + LARGEST);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source.file(), e);
    }
  }

  private TemplateNames names(MappingNode root, Map<String, NodeTuple> resources) {
    Map<String, Optional<Set<String>>> attributes =
        resources.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    resource ->
                        type(resource.getValue().getValueNode())
                            .flatMap(this::implemented)
                            .map(Type::attributes)));
    return new TemplateNames(
        section(root, "Parameters").keySet(),
        attributes,
        section(root, "Conditions").keySet(),
        section(root, "Mappings").keySet());
  }

  private Map<String, NodeTuple> section(MappingNode root, String name) {
    return TemplateNodes.member(root, name).map(TemplateNodes::members).orElse(Map.of());
  }

  private void members(Node node, String path, Set<String> known, String kind) {
    TemplateNodes.members(node)
        .forEach(
            (name, tuple) -> {
              if (!known.contains(name)) {
                source.report(
                    tuple.getKeyNode(),
                    path + name,
                    "unknown key: there is no such " + kind + NearestName.hint(name, known));
              } else if (embedded.isPresent() && ONLY_ON_AWS.contains(name)) {
                source.report(
                    tuple.getKeyNode(),
                    path + name,
                    "the embedded cloud does not support this " + kind);
              }
            });
  }

  private void resource(String id, NodeTuple resource) {
    String path = "Resources." + id;
    Node body = resource.getValueNode();
    if (!(body instanceof MappingNode)) {
      source.report(body, path, "must be a map with Type and Properties");
      return;
    }
    members(body, path + ".", MEMBERS, "member of a resource");
    Optional<String> type = type(body);
    if (type.isEmpty()) {
      source.reportMissing(resource.getKeyNode(), path + ".Type", "is missing");
    } else if (embedded.isPresent() && implemented(type.get()).isEmpty()) {
      source.report(
          TemplateNodes.member(body, "Type").orElse(body),
          path + ".Type",
          "the embedded cloud does not support "
              + type.get()
              + NearestName.of(type.get(), embedded.get().byName().keySet())
                  .map(near -> "; did you mean \"" + near + "\"?")
                  .orElse(""));
    }
    type.flatMap(this::implemented).ifPresent(known -> properties(path, resource, known));
  }

  private void properties(String path, NodeTuple resource, Type type) {
    Map<String, NodeTuple> given =
        TemplateNodes.member(resource.getValueNode(), "Properties")
            .map(TemplateNodes::members)
            .orElse(Map.of());
    given.forEach(
        (name, tuple) -> {
          if (!type.properties().contains(name)) {
            source.report(
                tuple.getKeyNode(),
                path + ".Properties." + name,
                "the embedded cloud does not support this property"
                    + NearestName.of(name, type.properties())
                        .map(near -> "; did you mean \"" + near + "\"?")
                        .orElse(""));
          }
        });
    for (String required : type.required()) {
      if (!given.containsKey(required)) {
        source.reportMissing(resource.getKeyNode(), path + ".Properties." + required, "is missing");
      }
    }
  }

  private Optional<Type> implemented(String type) {
    return embedded.map(types -> types.byName().get(type));
  }

  private static Optional<String> type(Node resource) {
    return TemplateNodes.member(resource, "Type").flatMap(TemplateNodes::text);
  }

  /** The texts of a scalar or a list of them. */
  static Stream<Node> each(Node node) {
    return node instanceof SequenceNode list ? list.getValue().stream() : Stream.of(node);
  }
}
