package io.pipelab.local.logs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Filter patterns for messages of fields between spaces: {@code [ip, ..., status = 4* && status !=
 * 404, size > 1000]}. What stands between quotes or brackets is one field, without them. The last
 * field takes what is left of the message, unless it is the ellipsis that does.
 *
 * <p>Source: CloudWatch Logs user guide, "Filter pattern syntax for metric filters".
 */
final class SpacePattern implements LogPattern {
  private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\"|\\[([^\\]]*)\\]|(\\S+)");
  private static final Pattern PART =
      Pattern.compile("((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\",])*)(,|$)");
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*([A-Za-z0-9_-]+)(?:\\s*(!=|<=|>=|=|<|>)\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s&|]+))?"
              + "\\s*(&&|\\|\\||$)");

  /** One field's name and what is asked of it. */
  private record Field(String name, Predicate<String> condition) {}

  private final List<Field> before = new ArrayList<>();
  private final List<Field> after = new ArrayList<>();
  private boolean ellipsis;

  private SpacePattern() {}

  /**
   * Reads a pattern in brackets.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterException
   */
  static LogPattern parse(String pattern) {
    if (!pattern.endsWith("]")) {
      throw invalid(pattern);
    }
    SpacePattern read = new SpacePattern();
    String inner = pattern.substring(1, pattern.length() - 1);
    Matcher part = PART.matcher(inner);
    boolean more = !inner.isBlank();
    while (more) {
      if (!part.lookingAt()) {
        throw invalid(pattern);
      }
      read.add(part.group(1).strip(), pattern);
      more = part.group(2).equals(",");
      part.region(part.end(), inner.length());
    }
    return read;
  }

  private void add(String text, String pattern) {
    if (text.equals("...")) {
      if (ellipsis) {
        throw invalid(pattern);
      }
      ellipsis = true;
      return;
    }
    int position = before.size() + after.size() + 1;
    (ellipsis ? after : before).add(field(text, position, pattern));
  }

  private static Field field(String text, int position, String pattern) {
    if (text.isEmpty()) {
      return new Field(Integer.toString(position), value -> true);
    }
    String name = null;
    // "a || b && c" is "a || (b && c)", as in every language.
    Predicate<String> any = value -> false;
    Predicate<String> all = value -> true;
    Matcher matcher = CONDITION.matcher(text);
    boolean more;
    do {
      if (!matcher.lookingAt() || (name != null && !name.equals(matcher.group(1)))) {
        throw invalid(pattern);
      }
      name = matcher.group(1);
      all = all.and(condition(matcher));
      if (!matcher.group(4).equals("&&")) {
        any = any.or(all);
        all = value -> true;
      }
      more = !matcher.group(4).isEmpty();
      matcher.region(matcher.end(), text.length());
    } while (more);
    return new Field(name, any);
  }

  private static Predicate<String> condition(Matcher matcher) {
    if (matcher.group(2) == null) {
      return value -> true;
    }
    Comparison comparison = Comparison.of(matcher.group(2), matcher.group(3));
    return value -> {
      if (comparison.number() == null) {
        return comparison.holds(value);
      }
      BigDecimal number = Comparison.number(value);
      return number == null ? comparison.operator().equals("!=") : comparison.holds(number);
    };
  }

  @Override
  public boolean test(String message) {
    return values(message) != null;
  }

  @Override
  public @Nullable String field(String message, String selector) {
    Map<String, String> values = values(message);
    return values == null ? null : values.get(selector);
  }

  @Override
  public Map<String, String> extracted(String message) {
    Map<String, String> values = values(message);
    return values == null ? Map.of() : values;
  }

  /** The fields' values by selector, or null when the message does not match. */
  private @Nullable Map<String, String> values(String message) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> given = split(message);
    if (before.isEmpty() && after.isEmpty()) {
      for (int i = 0; i < given.size() && !ellipsis; i++) {
        values.put("$" + (i + 1), given.get(i));
      }
      return values;
    }
    int skipped = given.size() - before.size() - after.size();
    if (skipped < 0) {
      return null;
    }
    boolean matches = take(before, given, values);
    if (ellipsis) {
      matches &= take(after, given.subList(before.size() + skipped, given.size()), values);
    }
    return matches ? values : null;
  }

  private static boolean take(List<Field> fields, List<String> given, Map<String, String> values) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (!field.condition().test(given.get(i))) {
        return false;
      }
      values.put("$" + field.name(), given.get(i));
    }
    return true;
  }

  /** The message's fields; without an ellipsis the last one is all that is left. */
  private List<String> split(String message) {
    List<String> given = new ArrayList<>();
    Matcher matcher = FIELD.matcher(message);
    while (matcher.find()) {
      boolean last = !ellipsis && !before.isEmpty() && given.size() == before.size() - 1;
      String rest = message.substring(matcher.start()).stripTrailing();
      if (last && matcher.end() - matcher.start() < rest.length()) {
        given.add(rest);
        break;
      }
      given.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    return given;
  }

  private static RuntimeException invalid(String pattern) {
    return Refusal.parameter("Invalid filter pattern: " + pattern);
  }
}
