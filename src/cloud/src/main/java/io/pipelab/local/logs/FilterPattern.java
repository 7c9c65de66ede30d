package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch Logs' filter patterns: terms and quoted phrases that must all be there, {@code -term}
 * that must not, {@code ?term} of which one suffices, JSON patterns in braces and patterns of
 * fields between spaces in brackets. Patterns are case-sensitive.
 */
final class FilterPattern {
  private static final Pattern TERM =
      Pattern.compile("\\s*([-?]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

  private FilterPattern() {}

  /**
   * Reads a pattern; no pattern at all matches everything.
   *
   * @throws AwsError InvalidParameterException, or NotImplemented for regular expressions
   */
  static LogPattern parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return LogPattern.ANYTHING;
    }
    String pattern = text.strip();
    if (pattern.startsWith("{")) {
      return JsonPattern.parse(pattern);
    }
    if (pattern.startsWith("[")) {
      return SpacePattern.parse(pattern);
    }
    return terms(pattern);
  }

  private static LogPattern terms(String pattern) {
    List<String> all = new ArrayList<>();
    List<String> none = new ArrayList<>();
    List<String> any = new ArrayList<>();
    Matcher matcher = TERM.matcher(pattern);
    while (matcher.lookingAt()) {
      String term = term(matcher);
      switch (matcher.group(1)) {
        case "-" -> none.add(term);
        case "?" -> any.add(term);
        default -> all.add(term);
      }
      matcher.region(matcher.end(), pattern.length());
    }
    // As documented: beside terms that must be there, the optional ones do not count.
    boolean anyCounts = all.isEmpty() && !any.isEmpty();
    return message ->
        all.stream().allMatch(message::contains)
            && none.stream().noneMatch(message::contains)
            && (!anyCounts || any.stream().anyMatch(message::contains));
  }

  private static String term(Matcher matcher) {
    String quoted = matcher.group(2);
    if (quoted != null) {
      return quoted.replaceAll("\\\\(.)", "$1");
    }
    String plain = matcher.group(3);
    if (plain.startsWith("%")) {
      throw AwsError.notImplemented("regular expressions in filter patterns (" + plain + ")");
    }
    if (!PLAIN.matcher(plain).matches()) {
      throw Refusal.parameter("Invalid character(s) in term '" + plain + "'");
    }
    return plain;
  }
}
