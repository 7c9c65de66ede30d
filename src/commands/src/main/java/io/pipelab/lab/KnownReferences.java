package io.pipelab.lab;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** The phase in which a name comes, of those that are not there yet. */
  private final Map<String, String> later = new TreeMap<>();

  private final Map<String, String> phaseOf = new TreeMap<>();
  private List<String> phases = List.of();

  /** Notes in which phase each of some outputs comes. */
  void inPhases(List<String> ids, Map<String, String> outputs) {
    phases = ids;
    outputs.forEach((name, phase) -> phaseOf.put("outputs." + name, phase));
  }

  /** These, without what comes in a later phase; an unknown phase has all. */
  KnownReferences upTo(String phase) {
    KnownReferences then = new KnownReferences();
    then.names.addAll(names);
    then.anyOf.addAll(anyOf);
    int end = phases.indexOf(phase);
    if (end >= 0) {
      phaseOf.forEach(
          (name, first) -> {
            if (phases.indexOf(first) > end) {
              then.later.put(name, first);
            }
          });
    }
    return then;
  }

  void add(String prefix, Collection<String> more) {
    more.forEach(name -> names.add(prefix + name));
  }

  /** Any name that begins so, because the file that says which there are cannot be read. */
  void addAny(String prefix) {
    anyOf.add(prefix);
  }

  boolean has(String name) {
    return names.contains(name) || anyOf.stream().anyMatch(name::startsWith);
  }

  void addArtifact(String id) {
    names.add("artifact." + id + ".bucket");
    names.add("artifact." + id + ".key");
  }

  /**
   * An image's references.
   *
   * @param phase the phase in which they come; empty when they are there from the first on
   */
  void addImage(String id, String phase) {
    for (String name : List.of("image." + id + ".uri", "image." + id + ".digest")) {
      names.add(name);
      if (!phase.isEmpty()) {
        phaseOf.put(name, phase);
      }
    }
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
      for (String name : ReferenceSyntax.namesIn(scalar.getValue())) {
        if (later.containsKey(name)) {
          source.report(
              node,
              path,
              "${%s} is there only from phase \"%s\" on".formatted(name, later.get(name)));
        }
      }
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
