package io.pipelab.lab.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The resource types that the embedded cloud implements, from the file {@value #FILE} beside this
 * class: commands do not import the cloud, and a test compares the file with the cloud's own types.
 */
public record EmbeddedTypes(Map<String, Type> byName) {
  /** The file's name. */
  public static final String FILE = "embedded-types.yaml";

  /**
   * One resource type.
   *
   * @param properties the top-level properties that may be set
   * @param required those of them that must be
   * @param attributes what Fn::GetAtt may ask for
   */
  public record Type(Set<String> properties, Set<String> required, Set<String> attributes) {}

  /** Reads the file. */
  public static EmbeddedTypes read() {
    try (InputStream in = EmbeddedTypes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this build");
      }
      Map<String, Map<String, List<String>>> file =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      Map<String, Type> types = new LinkedHashMap<>();
      file.forEach(
          (name, type) ->
              types.put(
                  name,
                  new Type(
                      names(type, "properties"),
                      names(type, "required"),
                      names(type, "attributes"))));
      return new EmbeddedTypes(types);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  private static Set<String> names(Map<String, List<String>> type, String key) {
    return new TreeSet<>(type.getOrDefault(key, List.of()));
  }
}
