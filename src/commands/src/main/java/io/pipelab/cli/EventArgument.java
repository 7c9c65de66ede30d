package io.pipelab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pipelab.drive.envelope.ExactJson;
import io.pipelab.lab.NearestName;
import io.pipelab.target.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The event that a user gives: a file, {@code -} for standard input, or JSON. In its texts {@code
 * ${outputs.NAME}} stands for an output of the lab's stacks.
 *
 * @param source what it is called when something is wrong with it
 */
record EventArgument(String source, String text) {
  private static final Pattern OUTPUT = Pattern.compile("\\$\\{outputs\\.([A-Za-z0-9]+)}");

  /** Far above what Lambda takes: whoever names a large file is told so, and it is not read. */
  private static final int MOST_READ = 16_000_000;

  /**
   * Reads it.
   *
   * @throws Failure of kind USAGE when it is not there, or not JSON
   */
  static EventArgument of(String given, InputStream in) {
    EventArgument event = read(given, in);
    try {
      ExactJson.read(event.text());
    } catch (JsonProcessingException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          event.source() + " is not JSON",
          ExactJson.why(e),
          "--event takes a file, - for standard input, or JSON as in '{\"a\": 1}'",
          e);
    }
    return event;
  }

  private static EventArgument read(String given, InputStream in) {
    try {
      if (given.equals("-")) {
        return new EventArgument("standard input", text("standard input", in));
      }
      Path file = Path.of(given);
      if (Files.isRegularFile(file)) {
        try (InputStream bytes = Files.newInputStream(file)) {
          return new EventArgument("the file " + given, text("the file " + given, bytes));
        }
      }
    } catch (InvalidPathException e) {
      return new EventArgument("the event", given); // JSON need not be a valid path
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE, "the event cannot be read", e.toString(), "check its name", e);
    }
    boolean pathlike = given.endsWith(".json") || given.matches("[./~].*");
    return new EventArgument(
        pathlike ? "there is no file " + given + ", and that name" : "the event", given);
  }

  private static String text(String source, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_READ + 1);
    if (bytes.length > MOST_READ) {
      throw Failure.usage(
          source + " is larger than any event that Lambda takes", "6 MB; with --async 1 MB");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The event with the lab's outputs in it.
   *
   * @throws Failure of kind USAGE when the lab has no such output
   */
  byte[] with(Map<String, String> outputs) {
    return OUTPUT
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), outputs)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String value(String name, Map<String, String> outputs) {
    String value = outputs.get(name);
    if (value == null) {
      throw Failure.usage(
          source
              + " has ${outputs."
              + name
              + "}, which is not an output of the lab"
              + NearestName.hint(name, outputs.keySet()),
          "'pipelab env' prints a lab's outputs");
    }
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
