package io.pipelab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML nodes into plain values: text, Long, Double, Boolean, lists, and maps. */
final class PlainValues {
  private final Source source;

  PlainValues(Source source) {
    this.source = source;
  }

  Object of(Node node, String path) {
    if (node instanceof MappingNode map) {
      return ofMap(map, path);
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        list.add(of(item, path + "[" + list.size() + "]"));
      }
      return list;
    }
    return ofScalar((ScalarNode) node, path);
  }

  private Map<String, Object> ofMap(MappingNode map, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        source.report(tuple.getKeyNode(), path, "has a key that is not a text");
        continue;
      }
      String inside = path + "." + key.getValue();
      if (values.put(key.getValue(), of(tuple.getValueNode(), inside)) != null) {
        source.report(key, inside, "is there twice");
      }
    }
    return values;
  }

  private Object ofScalar(ScalarNode scalar, String path) {
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      source.report(scalar, path, "has no value");
    }
    if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    try {
      if (scalar.getTag().equals(Tag.INT)) {
        return Long.parseLong(text);
      }
      if (scalar.getTag().equals(Tag.FLOAT)) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // YAML knows numbers (octal, sexagesimal) that nobody means: they stay text.
      return text;
    }
    return text;
  }
}
