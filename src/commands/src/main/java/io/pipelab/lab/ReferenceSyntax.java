package io.pipelab.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a reference is written: {@code ${name}}. */
final class ReferenceSyntax {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

  private ReferenceSyntax() {}

  /** Puts a value in the place of each reference. */
  static String replace(String text, Function<String, String> value) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1))));
  }

  /** The names of the references in a text. */
  static List<String> names(String text) {
    return REFERENCE.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /**
   * What is wrong with the references in a text, if anything.
   *
   * @param known the names that there are
   * @param anyOf beginnings of names that nobody can judge
   */
  static Optional<String> mistakeIn(String text, Set<String> known, Set<String> anyOf) {
    Matcher matcher = REFERENCE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!known.contains(name) && anyOf.stream().noneMatch(name::startsWith)) {
        return Optional.of(unknown(name, known));
      }
      end = matcher.end();
    }
    return text.indexOf("${", end) < 0
        ? Optional.empty()
        : Optional.of("has a reference without its end: write ${name}");
  }

  /** The names that a text refers to, in their order. */
  static List<String> namesIn(String text) {
    return REFERENCE.matcher(text).results().map(match -> match.group(1)).toList();
  }

  static String unknown(String name, Set<String> known) {
    String near = NearestName.of(name, known).map(n -> "; did you mean ${" + n + "}?").orElse("");
    return "unknown reference ${" + name + "}" + near;
  }
}
