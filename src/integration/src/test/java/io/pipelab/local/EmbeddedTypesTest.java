package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.template.EmbeddedTypes;
import io.pipelab.local.cloudformation.resource.ResourceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file from which commands know the cloud's resource types says what the cloud says. Run with
 * {@code -Dgolden.update=true} to write it anew after a type has changed.
 */
class EmbeddedTypesTest {
  private static final Path FILE =
      Path.of("src/commands/src/main/resources/io/pipelab/lab/template", EmbeddedTypes.FILE);

  @TempDir Path folder;

  @Test
  void theFileSaysWhatTheCloudImplements() throws IOException {
    String says;
    DataFolder data = DataFolder.create(folder);
    try (data;
        LocalCloud cloud = LocalCloud.start(CloudInProcess.settings(folder), data.path())) {
      says = words(cloud.resourceTypes());
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, says);
    }
    assertEquals(
        says, Files.readString(FILE), FILE + " is out of date; -Dgolden.update=true writes it");
    assertTrue(EmbeddedTypes.read().byName().containsKey("AWS::SQS::Queue"));
  }

  private static String words(Map<String, ResourceType> types) {
    StringBuilder words =
        new StringBuilder("# What the embedded cloud implements; written by EmbeddedTypesTest.\n");
    new TreeMap<>(types)
        .forEach(
            (name, type) ->
                words
                    .append(name)
                    .append(":\n  properties: ")
                    .append(list(type.schema().properties()))
                    .append("\n  required: ")
                    .append(list(type.schema().required()))
                    .append("\n  attributes: ")
                    .append(list(type.schema().attributes()))
                    .append('\n'));
    return words.toString();
  }

  private static String list(Collection<String> names) {
    return "[" + String.join(", ", new TreeSet<>(names)) + "]";
  }
}
