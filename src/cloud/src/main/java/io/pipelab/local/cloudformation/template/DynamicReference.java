package io.pipelab.local.cloudformation.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code {{resolve:SERVICE:...}}} inside a text (CloudFormation guide, "Get values stored in other
 * services using dynamic references").
 */
public sealed interface DynamicReference {
  /**
   * Of Parameter Store.
   *
   * @param version null for the latest
   * @param secure whether it is {@code ssm-secure}, and the value never shown
   */
  record Parameter(String name, @Nullable String version, boolean secure)
      implements DynamicReference {}

  /**
   * Of Secrets Manager.
   *
   * @param id a name or an ARN
   * @param key of the JSON object that the secret holds, or null for its whole text
   * @param stage null, or the version's label
   * @param version null, or the version's id
   */
  record Secret(String id, @Nullable String key, @Nullable String stage, @Nullable String version)
      implements DynamicReference {}

  /** A name, a colon, and numbers. */
  Pattern PARAMETER = Pattern.compile("([a-zA-Z0-9_.\\-/]+)(?::([0-9]+))?");

  /** An ARN has six colons of its own. */
  int ARN_PARTS = 7;

  /** The first word is the service; what is in it has no braces. */
  Pattern IN_TEXT = Pattern.compile("\\{\\{resolve:([^{}:]*):([^{}]*)}}");

  /** What CloudFormation has references to. */
  Set<String> SERVICES = Set.of("ssm", "ssm-secure", "secretsmanager");

  /** The services of a text's references that nobody has. */
  static List<String> unknownServices(String text) {
    return IN_TEXT
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(service -> !SERVICES.contains(service))
        .toList();
  }

  /** Whether a text has a reference in it. */
  static boolean isIn(String text) {
    return IN_TEXT.matcher(text).find();
  }

  /**
   * All references of a text.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError for one that is malformed
   */
  static List<DynamicReference> all(String text) {
    List<DynamicReference> found = new ArrayList<>();
    replace(
        text,
        reference -> {
          found.add(reference);
          return "";
        });
    return found;
  }

  /**
   * The text with each reference's value in its place; what a value has in it is not looked at.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError for one that is malformed
   */
  static String replace(String text, Function<DynamicReference, String> value) {
    return IN_TEXT
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value.apply(parse(match.group()))));
  }

  private static DynamicReference parse(String whole) {
    Matcher parts = IN_TEXT.matcher(whole);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a dynamic reference");
    }
    return switch (parts.group(1)) {
      case "ssm" -> parameter(parts.group(2), false, whole);
      case "ssm-secure" -> parameter(parts.group(2), true, whole);
      case "secretsmanager" -> secret(parts.group(2), whole);
      default ->
          throw Invalid.template(
              "Unsupported service " + parts.group(1) + " in the dynamic reference " + whole);
    };
  }

  private static Parameter parameter(String rest, boolean secure, String whole) {
    Matcher parts = PARAMETER.matcher(rest);
    if (!parts.matches()) {
      throw Invalid.request(
          "Incorrect format is used in the following SSM reference: [" + whole + "]");
    }
    return new Parameter(parts.group(1), parts.group(2), secure);
  }

  private static Secret secret(String rest, String whole) {
    List<String> parts = new ArrayList<>(Arrays.asList(rest.split(":", -1)));
    int ofId = parts.get(0).equals("arn") ? ARN_PARTS : 1;
    boolean sound = parts.size() >= ofId && parts.size() <= ofId + 4 && !parts.get(0).isEmpty();
    if (sound) {
      String id = String.join(":", parts.subList(0, ofId));
      List<String> more = parts.subList(ofId, parts.size());
      String what = part(more, 0);
      String stage = part(more, 2);
      String version = part(more, 3);
      if ((what == null || what.equals("SecretString")) && (stage == null || version == null)) {
        return new Secret(id, part(more, 1), stage, version);
      }
    }
    throw Invalid.request(
        "Incorrect format is used in the following Secrets Manager reference: [" + whole + "]");
  }

  private static @Nullable String part(List<String> parts, int index) {
    return parts.size() <= index || parts.get(index).isEmpty() ? null : parts.get(index);
  }
}
