package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a YAML template: short tags become full functions, and every member's line is remembered.
 * Aliases are refused, as AWS does, and with them alias bombs.
 */
final class YamlSource {
  // Octal, hexadecimal and sexagesimal numbers of YAML 1.1 stay text: account 012345678901 is no
  // number, and 22:22 is a pair of ports.
  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)\\.[0-9]+");
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlSource() {}

  static SourceTree read(String body) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(SourceTree.MAX_DEPTH);
    try {
      Node root = new Yaml(options).compose(new StringReader(body));
      if (root == null) {
        throw Invalid.format("unsupported structure.");
      }
      YamlSource source = new YamlSource();
      return SourceTree.of(source.value(root, ""), source.lines);
    } catch (MarkedYAMLException e) {
      throw notWellFormed(e.getProblemMark(), String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw Invalid.format("YAML not well-formed: " + e.getMessage());
    }
  }

  private static AwsError notWellFormed(Mark mark, String problem) {
    String where = "(line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    return Invalid.format("YAML not well-formed. " + where + ": " + problem);
  }

  private JsonNode value(Node node, String path) {
    if (!seen.add(node)) {
      throw Invalid.template("YAML aliases are not allowed in CloudFormation templates");
    }
    String tag = node.getTag().getValue();
    if (tag.startsWith("!") && tag.length() > 1) {
      String function = functionName(tag.substring(1));
      lines.put(path + "/" + function, node.getStartMark().getLine() + 1);
      return nodes.objectNode().set(function, untagged(node, path + "/" + function));
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, path);
    }
    return untagged(node, path);
  }

  /** A name that is not a function is kept, and refused by name when the template is checked. */
  private static String functionName(String tag) {
    return tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
  }

  private JsonNode untagged(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return object(mapping, path);
    } else if (node instanceof SequenceNode sequence) {
      return array(sequence, path);
    } else {
      return nodes.textNode(((ScalarNode) node).getValue());
    }
  }

  private ObjectNode object(MappingNode mapping, String path) {
    ObjectNode object = nodes.objectNode();
    for (NodeTuple member : mapping.getValue()) {
      if (!(member.getKeyNode() instanceof ScalarNode key)) {
        throw notWellFormed(member.getKeyNode().getStartMark(), "a key must be a string");
      }
      String below = path + "/" + key.getValue();
      if (lines.putIfAbsent(below, key.getStartMark().getLine() + 1) != null) {
        throw notWellFormed(key.getStartMark(), "duplicate key " + key.getValue());
      }
      object.set(key.getValue(), value(member.getValueNode(), below));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, String path) {
    ArrayNode array = nodes.arrayNode();
    for (Node element : sequence.getValue()) {
      String below = path + "/" + array.size();
      lines.put(below, element.getStartMark().getLine() + 1);
      array.add(value(element, below));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode node, String path) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      throw Invalid.format("[" + path + "] 'null' values are not allowed in templates");
    } else if (tag.equals(Tag.BOOL)) {
      return nodes.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)));
    } else if (tag.equals(Tag.INT) && INTEGER.matcher(text).matches()) {
      return integer(text.startsWith("+") ? text.substring(1) : text);
    } else if (tag.equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
      return DecimalNode.valueOf(new BigDecimal(text)); // keeps 1.10 as it stands
    } else if (tag.equals(Tag.BINARY)) {
      throw notWellFormed(node.getStartMark(), "the binary tag is not supported");
    } else {
      return nodes.textNode(text);
    }
  }

  private JsonNode integer(String text) {
    return text.length() < 19
        ? nodes.numberNode(Long.parseLong(text))
        : nodes.numberNode(new BigInteger(text));
  }
}
