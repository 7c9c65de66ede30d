package io.pipelab.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A resource as a template declares it.
 *
 * @param name the name that the template gives it; empty when CloudFormation will make one up, or
 *     when it depends on what is not known before the deployment
 * @param trusted the services that a role lets act with it
 */
public record TemplateResource(
    String logicalId, String type, Optional<String> name, List<String> trusted) {
  /** A resource that is no role. */
  public TemplateResource(String logicalId, String type, Optional<String> name) {
    this(logicalId, type, name, List.of());
  }

  private static final Map<String, String> NAME_PROPERTIES =
      Map.ofEntries(
          Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
          Map.entry("AWS::DynamoDB::Table", "TableName"),
          Map.entry("AWS::ECR::Repository", "RepositoryName"),
          Map.entry("AWS::ECS::Cluster", "ClusterName"),
          Map.entry("AWS::ECS::TaskDefinition", "Family"),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::Lambda::Function", "FunctionName"),
          Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
          Map.entry("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
          Map.entry("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"),
          Map.entry("AWS::S3::Bucket", "BucketName"),
          Map.entry("AWS::SecretsManager::Secret", "Name"),
          Map.entry("AWS::SNS::Topic", "TopicName"),
          Map.entry("AWS::SQS::Queue", "QueueName"));

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^!][^}]*)}");

  /**
   * The resources of a template.
   *
   * @param values the template's parameters and the pseudo parameters, as far as they are known
   * @throws ManifestError when it is not a YAML
   */
  public static List<TemplateResource> in(Path template, Map<String, String> values) {
    return in(template, values, null);
  }

  /**
   * The resources of a template, with patterns for names that are not known whole.
   *
   * @param otherwise what stands for a value that is not known; null to know no such name at all
   */
  public static List<TemplateResource> in(
      Path template, Map<String, String> values, @Nullable String otherwise) {
    List<TemplateResource> resources = new ArrayList<>();
    member(new Source(template).document(), "Resources")
        .filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .ifPresent(all -> all.getValue().forEach(one -> add(one, values, otherwise, resources)));
    return resources;
  }

  private static void add(
      NodeTuple resource,
      Map<String, String> values,
      @Nullable String otherwise,
      List<TemplateResource> resources) {
    Node body = resource.getValueNode();
    String type =
        member(body, "Type")
            .filter(ScalarNode.class::isInstance)
            .map(node -> ((ScalarNode) node).getValue())
            .orElse("");
    Optional<String> name =
        Optional.ofNullable(NAME_PROPERTIES.get(type))
            .flatMap(property -> member(body, "Properties").flatMap(p -> member(p, property)))
            .flatMap(node -> text(node, values, otherwise));
    List<String> trusted =
        member(body, "Properties")
            .flatMap(properties -> member(properties, "AssumeRolePolicyDocument"))
            .flatMap(document -> member(document, "Statement"))
            .map(TemplateResource::services)
            .orElse(List.of());
    resources.add(new TemplateResource(key(resource), type, name, trusted));
  }

  /** A plain text, a Ref or a Sub of known values. */
  private static Optional<String> text(
      Node node, Map<String, String> values, @Nullable String otherwise) {
    if (node instanceof SequenceNode list && node.getTag().getValue().equals("!Sub")) {
      return list.getValue().get(0) instanceof ScalarNode first
          ? substituted(first.getValue(), values, otherwise)
          : Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return switch (scalar.getTag().getValue()) {
        case "!Ref" -> Optional.ofNullable(values.get(scalar.getValue()));
        case "!Sub" -> substituted(scalar.getValue(), values, otherwise);
        default ->
            scalar.getTag().getValue().startsWith("!")
                ? Optional.empty()
                : Optional.of(scalar.getValue());
      };
    }
    Optional<Node> reference = member(node, "Ref");
    if (reference.isPresent() && reference.get() instanceof ScalarNode scalar) {
      return Optional.ofNullable(values.get(scalar.getValue()));
    }
    return member(node, "Fn::Sub")
        .filter(ScalarNode.class::isInstance)
        .flatMap(sub -> substituted(((ScalarNode) sub).getValue(), values, otherwise));
  }

  private static List<String> services(Node statements) {
    return statements instanceof SequenceNode list
        ? list.getValue().stream()
            .flatMap(statement -> member(statement, "Principal").stream())
            .flatMap(principal -> member(principal, "Service").stream())
            .flatMap(TemplateResource::plain)
            .toList()
        : List.of();
  }

  private static Stream<String> plain(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().flatMap(TemplateResource::plain);
    }
    return node instanceof ScalarNode scalar ? Stream.of(scalar.getValue()) : Stream.empty();
  }

  private static Optional<String> substituted(
      String text, Map<String, String> values, @Nullable String otherwise) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String value = values.getOrDefault(matcher.group(1), otherwise);
      if (value == null) {
        return Optional.empty();
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return Optional.of(matcher.appendTail(result).toString());
  }

  private static Optional<Node> member(Node node, String name) {
    return node instanceof MappingNode map
        ? map.getValue().stream()
            .filter(tuple -> key(tuple).equals(name))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
