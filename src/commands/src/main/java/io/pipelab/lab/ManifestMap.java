package io.pipelab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A map in a manifest. Whatever is not as it should be is reported to the source with its place,
 * and reading goes on, so that a person sees all mistakes at once.
 */
final class ManifestMap {
  private final Source source;
  private final String path;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();

  /**
   * Reads a node as a map with known keys.
   *
   * @param path the keys around it: {@code steps[3]}; empty for the whole file
   * @param known the keys that it may have; null when any are allowed
   */
  ManifestMap(Source source, String path, Node node, @Nullable Set<String> known) {
    this.source = source;
    this.path = path;
    this.node = node;
    if (!(node instanceof MappingNode map)) {
      source.report(node, path, "must be a map of keys and values");
      return;
    }
    for (NodeTuple tuple : map.getValue()) {
      add(tuple, known);
    }
  }

  private void add(NodeTuple tuple, @Nullable Set<String> known) {
    if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
      source.report(tuple.getKeyNode(), path, "has a key that is not a text");
      return;
    }
    String key = keyNode.getValue();
    if (known != null && !known.contains(key)) {
      source.report(keyNode, at(key), "unknown key" + NearestName.hint(key, known));
    } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
      source.report(keyNode, at(key), "is there twice");
    } else {
      keyNodes.put(key, keyNode);
    }
  }

  /** The keys around this map and one of its own: {@code steps[3].title}. */
  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Set<String> keys() {
    return values.keySet();
  }

  /** The line of a key, from 1; of the map itself when the key is missing. */
  int line(String key) {
    return source.place(keyNodes.getOrDefault(key, node)).line();
  }

  /** The lines of the keys in one of its maps. */
  Map<String, Integer> linesIn(String key) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    if (nodeOf(key) instanceof MappingNode map && values.containsKey(key)) {
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name) {
          lines.put(name.getValue(), source.place(name).line());
        }
      }
    }
    return lines;
  }

  Node nodeOf(String key) {
    return values.getOrDefault(key, node);
  }

  void report(String key, String message) {
    source.report(keyNodes.getOrDefault(key, node), at(key), message);
  }

  /** Reports that a list has no entry: a missing thing when the list itself is not there. */
  void reportEmpty(String key, String message) {
    if (values.containsKey(key)) {
      report(key, message);
    } else {
      source.reportMissing(node, at(key), message);
    }
  }

  /** A text that must be there; empty, and reported, when it is not. */
  String text(String key) {
    Node value = values.get(key);
    if (value == null) {
      source.reportMissing(node, at(key), "is missing");
      return "";
    }
    return scalar(key, value);
  }

  @Nullable String textOrNull(String key) {
    Node value = values.get(key);
    return value == null ? null : scalar(key, value);
  }

  String textOr(String key, String otherwise) {
    Node value = values.get(key);
    return value == null ? otherwise : scalar(key, value);
  }

  private String scalar(String key, Node value) {
    if (!(value instanceof ScalarNode scalar)) {
      source.report(value, at(key), "must be a text or a number");
      return "";
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      source.report(value, at(key), "has no value");
    }
    return scalar.getValue();
  }

  double amount(String key) {
    String text = text(key);
    try {
      double number = text.isEmpty() ? 0 : Double.parseDouble(text);
      if (Double.isFinite(number) && number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    report(key, "must be a number, 0 or more, not \"" + text + "\"");
    return 0;
  }

  boolean flag(String key) {
    String text = textOr(key, "false");
    if (!text.equals("true") && !text.equals("false")) {
      report(key, "must be true or false, not \"" + text + "\"");
    }
    return text.equals("true");
  }

  boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      texts.add(scalar(key, item));
    }
    return texts;
  }

  /** A map of any keys to texts; empty when it is missing. */
  Map<String, String> textMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    ManifestMap map = mapOrNull(key, null);
    if (map != null) {
      map.keys().forEach(name -> texts.put(name, map.text(name)));
    }
    return texts;
  }

  ManifestMap map(String key, Set<String> known) {
    if (!values.containsKey(key)) {
      source.reportMissing(node, at(key), "is missing");
      return new ManifestMap(source, at(key), emptyMap(), known);
    }
    return new ManifestMap(source, at(key), nodeOf(key), known);
  }

  @Nullable ManifestMap mapOrNull(String key, @Nullable Set<String> known) {
    return values.containsKey(key) ? new ManifestMap(source, at(key), nodeOf(key), known) : null;
  }

  /** A list of maps; empty when it is missing. */
  List<ManifestMap> maps(String key, Set<String> known) {
    List<ManifestMap> maps = new ArrayList<>();
    for (Node item : items(key)) {
      maps.add(new ManifestMap(source, at(key) + "[" + maps.size() + "]", item, known));
    }
    return maps;
  }

  private List<Node> items(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode list) {
      return list.getValue();
    }
    source.report(value, at(key), "must be a list");
    return List.of();
  }

  private MappingNode emptyMap() {
    return new MappingNode(
        Tag.MAP, true, new ArrayList<>(), node.getStartMark(), node.getEndMark(), FlowStyle.BLOCK);
  }
}
