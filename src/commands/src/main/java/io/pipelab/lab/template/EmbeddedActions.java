package io.pipelab.lab.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The API actions that the embedded cloud implements, from the declarations beside its services:
 * commands do not import the cloud, the build copies these files.
 */
public final class EmbeddedActions {
  /** The services, by the names of their packages; a test compares them with the cloud's. */
  public static final List<String> SERVICES =
      List.of(
          "accessanalyzer",
          "apigatewayv2",
          "cloudformation",
          "cloudwatch",
          "dynamodb",
          "ec2",
          "ecr",
          "ecs",
          "eventbridge",
          "iam",
          "kinesis",
          "lambda",
          "logs",
          "rds",
          "s3",
          "secretsmanager",
          "sns",
          "sqs",
          "ssm",
          "sts");

  /**
   * One action; members as the declaration writes them, those of structures in braces.
   *
   * @param honours the members that it heeds
   * @param harmless those that change nothing that a caller could see
   * @param defaults those that may be sent with AWS's own default, {@code DryRun=false}
   */
  public record Action(
      String name, List<String> honours, List<String> harmless, List<String> defaults) {}

  private EmbeddedActions() {}

  /** The actions of a service, sorted by name; nothing for a service that there is not. */
  public static Optional<List<Action>> of(String service) {
    if (!SERVICES.contains(service)) {
      return Optional.empty();
    }
    String file = "/io/pipelab/local/" + service + "/actions.txt";
    try (InputStream in = EmbeddedActions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in this build");
      }
      return Optional.of(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<Action> read(String text) {
    List<Action> actions = new ArrayList<>();
    for (String block : text.split("\n\n+")) {
      List<String> lines = block.strip().lines().toList();
      if (!lines.isEmpty() && !lines.get(0).startsWith("#")) {
        actions.add(
            new Action(
                lines.get(0),
                words(lines, "  honours "),
                words(lines, "  harmless "),
                words(lines, "  default ")));
      }
    }
    return actions;
  }

  private static List<String> words(List<String> lines, String kind) {
    List<String> words = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(kind)) {
        words.addAll(split(line.substring(kind.length())));
      }
    }
    return words;
  }

  /** At the spaces that are in no braces and in no quotes. */
  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (char c : (text + " ").toCharArray()) {
      quoted ^= c == '"';
      depth += quoted ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c != ' ' || quoted || depth > 0) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }
}
