package io.pipelab.local.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A text with members of the request in it: {@code
 * arn:aws:lambda:${Region}:${Account}:function:${FunctionName:function}[:${Qualifier}]}.
 *
 * <p>{@code ${Path}} is the member's value; a list makes several texts. {@code ${Path:way}} is what
 * a {@link IamWay} makes of it, {@code ${Path|text}} the text where the member is not set. What
 * stands in brackets is left out when a member in it is not set. A value that is an ARN itself
 * stands for all that is before it.
 */
public final class IamTemplate {
  /** A template's part: a literal, a variable or an optional group. */
  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Variable(String path, @Nullable IamWay way, @Nullable String otherwise)
      implements Part {}

  private record Group(List<Part> parts) implements Part {}

  private final String text;
  private final List<Part> parts;

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  IamTemplate(String text) {
    this.text = text;
    this.parts = parse(text);
  }

  /**
   * The texts for a request; empty when a member that the template needs is not set.
   *
   * @param names what is known without the request: Region, Account, Caller
   */
  List<String> expand(RequestMembers members, Map<String, String> names) {
    return expand(parts, members, names).orElse(List.of());
  }

  /** The paths of the members in it. */
  public Set<String> paths(Map<String, String> names) {
    Set<String> paths = new TreeSet<>();
    collect(parts, paths);
    paths.removeAll(names.keySet());
    return paths;
  }

  @Override
  public String toString() {
    return text;
  }

  private static void collect(List<Part> parts, Set<String> paths) {
    for (Part part : parts) {
      if (part instanceof Variable variable) {
        paths.add(variable.path());
      } else if (part instanceof Group group) {
        collect(group.parts(), paths);
      }
    }
  }

  private static Optional<List<String>> expand(
      List<Part> parts, RequestMembers members, Map<String, String> names) {
    List<String> texts = List.of("");
    for (Part part : parts) {
      List<String> values = values(part, members, names);
      if (values.isEmpty()) {
        return Optional.empty();
      }
      List<String> longer = new ArrayList<>();
      for (String before : texts) {
        values.forEach(value -> longer.add(join(before, value)));
      }
      texts = longer;
    }
    return Optional.of(texts);
  }

  private static List<String> values(Part part, RequestMembers members, Map<String, String> names) {
    if (part instanceof Literal literal) {
      return List.of(literal.text());
    } else if (part instanceof Group group) {
      return expand(group.parts(), members, names).orElse(List.of(""));
    }
    Variable variable = (Variable) part;
    String known = names.get(variable.path());
    if (known != null) {
      return List.of(known);
    }
    List<String> values =
        variable.way() == null
            ? members.values(variable.path())
            : variable.way().values(members, variable.path());
    return values.isEmpty() && variable.otherwise() != null
        ? List.of(variable.otherwise())
        : values;
  }

  private static String join(String before, String value) {
    boolean arn = before.startsWith("arn:") && value.startsWith("arn:");
    return arn ? value.replaceFirst(":\\*$", "") : before + value;
  }

  private static List<Part> parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      int end = next == '[' ? text.indexOf(']', at) : next == '$' ? text.indexOf('}', at) : at;
      if (end < 0) {
        throw new IllegalArgumentException("not closed: " + text.substring(at));
      }
      if (next == '[') {
        parts.add(new Group(parse(text.substring(at + 1, end))));
      } else if (next == '$') {
        parts.add(variable(text.substring(at + 2, end)));
      } else {
        end = literal(text, at);
        parts.add(new Literal(text.substring(at, end)));
        end--;
      }
      at = end + 1;
    }
    return parts;
  }

  private static int literal(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '[' && text.charAt(end) != '$') {
      end++;
    }
    return end;
  }

  private static Variable variable(String words) {
    int bar = words.indexOf('|');
    String name = bar < 0 ? words : words.substring(0, bar);
    int colon = name.indexOf(':');
    return new Variable(
        colon < 0 ? name : name.substring(0, colon),
        colon < 0 ? null : IamWay.of(name.substring(colon + 1)),
        bar < 0 ? null : words.substring(bar + 1));
  }
}
