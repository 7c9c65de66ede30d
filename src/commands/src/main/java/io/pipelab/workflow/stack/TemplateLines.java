package io.pipelab.workflow.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds where a resource stands in its template. */
final class TemplateLines {
  private TemplateLines() {}

  /**
   * The place of a logical id, as {@code FILE:LINE}.
   *
   * @param template a template in YAML or JSON
   */
  static Optional<String> place(Path template, String logicalId) {
    Pattern declaration =
        Pattern.compile("^\\s*[\"']?" + Pattern.quote(logicalId) + "[\"']?\\s*:\\s*(\\{.*|#.*)?$");
    boolean inResources = false;
    int number = 0;
    for (String line : lines(template)) {
      number++;
      if (line.matches("^\\s*[\"']?Resources[\"']?\\s*:.*")) {
        inResources = true;
      } else if (inResources && declaration.matcher(line).matches()) {
        return Optional.of(template + ":" + number);
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(Path template) {
    try {
      return Files.readAllLines(template, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + template, e);
    }
  }
}
