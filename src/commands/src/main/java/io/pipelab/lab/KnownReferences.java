package io.pipelab.lab;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The names of the references that a manifest may use, as far as it has been read. */
final class KnownReferences {
  private final Set<String> names =
      new TreeSet<>(
          Set.of(
              "lab",
              "run.id",
              "account",
              "region",
              "partition",
              "pipelab",
              "built",
              "instance.prefix"));

  private final Set<String> anyOf = new TreeSet<>();

  void add(String prefix, Collection<String> more) {
    more.forEach(name -> names.add(prefix + name));
  }

  /** Any name that begins so, because the file that says which there are cannot be read. */
  void addAny(String prefix) {
    anyOf.add(prefix);
  }

  boolean has(String name) {
    return names.contains(name);
  }

  void addArtifact(String id) {
    names.add("artifact." + id + ".bucket");
    names.add("artifact." + id + ".key");
  }

  void addImage(String id) {
    names.add("image." + id + ".uri");
    names.add("image." + id + ".digest");
  }

  /** Reports the mistakes in the references of a key's value, however deep they are. */
  void check(Source source, ManifestMap map, String key) {
    if (map.keys().contains(key)) {
      check(source, map.at(key), map.nodeOf(key));
    }
  }

  private void check(Source source, String path, Node node) {
    if (node instanceof ScalarNode scalar) {
      ReferenceSyntax.mistakeIn(scalar.getValue(), names, anyOf)
          .ifPresent(mistake -> source.report(node, path, mistake));
    } else if (node instanceof SequenceNode sequence) {
      int index = 0;
      for (Node item : sequence.getValue()) {
        check(source, path + "[" + index++ + "]", item);
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        String inside =
            tuple.getKeyNode() instanceof ScalarNode key ? path + "." + key.getValue() : path;
        check(source, path, tuple.getKeyNode());
        check(source, inside, tuple.getValueNode());
      }
    }
  }
}
