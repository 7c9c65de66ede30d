package io.pipelab.lab;

import io.pipelab.lab.ManifestError.Mistake;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** A YAML file that is being read, and the mistakes found in it so far. */
final class Source {
  private final Path file;
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  Source(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * Reads the file's one document, which must be a map.
   *
   * @throws ManifestError when it is no YAML, or no map
   */
  MappingNode document() {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ManifestError(new Place(file, 1, 1), "", "is not UTF-8 text");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Node node = compose(text);
    if (node instanceof MappingNode map) {
      return map;
    }
    throw new ManifestError(new Place(file, 1, 1), "", "is empty or no map of keys and values");
  }

  private Node compose(String text) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      Place place = mark == null ? new Place(file, 1, 1) : place(mark);
      throw new ManifestError(place, "", "is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new ManifestError(new Place(file, 1, 1), "", "is no YAML: " + e.getMessage());
    }
  }

  Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  void report(Node node, String key, String message) {
    mistakes.add(new Mistake(place(node), key, message));
  }

  /** Throws what was found, if anything was. */
  void throwIfAny() {
    if (!mistakes.isEmpty()) {
      throw new ManifestError(List.copyOf(mistakes));
    }
  }
}
