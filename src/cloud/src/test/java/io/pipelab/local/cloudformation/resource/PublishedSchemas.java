package io.pipelab.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * AWS's resource provider schemas as the Python package of cfn-lint brings them, found through the
 * {@code cfn-lint} command.
 */
final class PublishedSchemas {
  private static final String SCRIPT =
      """
      import json, sys
      from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as schemas
      print(json.dumps({name: schemas.get_resource_schema("us-east-1", name).schema
                        for name in sys.argv[1:]}))
      """;

  /** What AWS says of one type; top-level names alone. */
  record Published(
      Set<String> properties,
      Set<String> required,
      Set<String> createOnly,
      Set<String> conditionalCreateOnly,
      Set<String> readOnly) {

    private static Published of(JsonNode schema) {
      Set<String> properties = new TreeSet<>();
      schema.path("properties").fieldNames().forEachRemaining(properties::add);
      Set<String> required = new TreeSet<>();
      schema.path("required").forEach(each -> required.add(each.asText()));
      return new Published(
          properties,
          required,
          topLevel(schema.path("createOnlyProperties")),
          topLevel(schema.path("conditionalCreateOnlyProperties")),
          topLevel(schema.path("readOnlyProperties")));
    }

    /** {@code /properties/Name}; deeper paths are left out. */
    private static Set<String> topLevel(JsonNode pointers) {
      Set<String> names = new TreeSet<>();
      for (JsonNode pointer : pointers) {
        String name = pointer.asText().substring("/properties/".length());
        if (!name.contains("/")) {
          names.add(name);
        }
      }
      return names;
    }
  }

  private final JsonNode schemas;

  private PublishedSchemas(JsonNode schemas) {
    this.schemas = schemas;
  }

  /** The schemas of these types; empty where cfn-lint is not installed. */
  static Optional<PublishedSchemas> of(Collection<String> typeNames)
      throws IOException, InterruptedException {
    for (Path python : pythons()) {
      List<String> command = new ArrayList<>(List.of(python.toString(), "-c", SCRIPT));
      command.addAll(typeNames);
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return Optional.of(new PublishedSchemas(new ObjectMapper().readTree(output)));
      }
    }
    return Optional.empty();
  }

  Published type(String typeName) {
    return Published.of(schemas.path(typeName));
  }

  /** The interpreter that the command names in its first line, and the one beside the command. */
  private static List<Path> pythons() throws IOException {
    Optional<Path> command =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .map(folder -> Path.of(folder, "cfn-lint"))
            .filter(Files::isExecutable)
            .findFirst();
    if (command.isEmpty()) {
      return List.of();
    }
    List<Path> pythons = new ArrayList<>();
    try (Stream<String> lines = Files.lines(command.get(), StandardCharsets.ISO_8859_1)) {
      lines
          .findFirst()
          .filter(line -> line.startsWith("#!") && line.contains("python") && !line.contains(" "))
          .ifPresent(line -> pythons.add(Path.of(line.substring(2))));
    }
    pythons.add(command.get().resolveSibling("python3"));
    pythons.add(command.get().toRealPath().resolveSibling("python3"));
    return pythons.stream().filter(Files::isExecutable).distinct().toList();
  }
}
