package io.pipelab.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pipelab's configuration file, {@code config.yaml} in the XDG configuration folder: one {@code
 * key: value} a line, {@code #} starts a comment. Keys: target, endpoint-url, profile, region.
 */
public final class ConfigFile {
  /** What may stand in the file. */
  public static final List<String> KEYS = List.of("target", "endpoint-url", "profile", "region");

  private ConfigFile() {}

  /**
   * Reads the file; one that is not there says nothing.
   *
   * @throws Failure of kind USAGE with the line, when it holds something else than those keys
   */
  public static TargetSettings read(Path folder) {
    Path file = folder.resolve("config.yaml");
    if (!Files.isRegularFile(file)) {
      return new TargetSettings(null, null, null, null);
    }
    Map<String, String> values = new HashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (text.isEmpty() || text.equals("---")) {
        continue;
      }
      int colon = text.indexOf(": ");
      String key = colon < 0 ? text : text.substring(0, colon).strip();
      if (colon < 0 || !KEYS.contains(key)) {
        throw Failure.usage(
            file + ":" + number + ": '" + key + "' is not a setting",
            "settings are " + String.join(", ", KEYS) + ", each as 'key: value'");
      }
      values.put(key, unquoted(text.substring(colon + 1).strip()));
    }
    return new TargetSettings(
        values.get("target"),
        values.get("endpoint-url"),
        values.get("profile"),
        values.get("region"));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "the configuration file " + file + " cannot be read",
          e.toString(),
          "make it readable, or remove it",
          e);
    }
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
