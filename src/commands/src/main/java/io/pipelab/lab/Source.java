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
public final class Source {
  private final Path file;
  private final Set<Mistake> mistakes = new LinkedHashSet<>();

  public Source(Path file) {
    this.file = file;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /**
   * Reads the file's one document, which must be a map.
   *
   * @throws ManifestError when it is not a YAML, or no map
   */
  public MappingNode document() {
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
    throw new ManifestError(new Place(file, 1, 1), "", "is empty or not a map of keys and values");
  }

  private Node compose(String text) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      Place place = mark == null ? new Place(file, 1, 1) : place(mark);
      throw new ManifestError(place, "", "is not valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new ManifestError(new Place(file, 1, 1), "", "is not valid YAML: " + e.getMessage());
    }
  }

  /** Where a node begins. */
  public Place place(Node node) {
    return place(node.getStartMark());
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Notes something that is there and wrong. */
  public void report(Node node, String key, String message) {
    mistakes.add(new Mistake(place(node), key, message));
  }

  /** Notes something that is missing in what begins at a node. */
  public void reportMissing(Node node, String key, String message) {
    mistakes.add(new Mistake(place(node), key, message, true));
  }

  /** Notes what was found in another file that belongs to this one. */
  void report(List<Mistake> others) {
    mistakes.addAll(others);
  }

  /** What was found so far. */
  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }
}
