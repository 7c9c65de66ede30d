package io.pipelab.workflow.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What IAM must allow for a resource of each type, from the file {@value #FILE} beside this. */
record TypePermissions(Map<String, List<Grant>> byType) {
  static final String FILE = "permissions.yaml";

  /**
   * Actions on the same resources.
   *
   * @param arns ARNs with {@code ${...}} in them
   * @param of instead of them the type whose resources are meant; empty for none
   */
  record Grant(List<String> arns, String of, List<String> actions) {}

  /** Reads the file. */
  static TypePermissions read() {
    try (InputStream in = TypePermissions.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this build");
      }
      Map<String, List<Map<String, Object>>> file =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      Map<String, List<Grant>> byType = new LinkedHashMap<>();
      file.forEach(
          (type, grants) -> byType.put(type, grants.stream().map(TypePermissions::grant).toList()));
      return new TypePermissions(byType);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  private static Grant grant(Map<String, Object> entry) {
    return new Grant(
        texts(entry.get("arns")),
        String.valueOf(entry.getOrDefault("of", "")),
        Stream.of("stack", "commands")
            .flatMap(kind -> texts(entry.get(kind)).stream())
            .distinct()
            .toList());
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
