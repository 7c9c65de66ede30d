package io.pipelab.local.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request URI of a REST operation, {@code /2015-03-31/functions/{FunctionName}/policy}: literal
 * segments, labels, one greedy label, and literal query parameters.
 */
final class PathTemplate {
  private final List<String> segments;
  private final List<String> queryLiterals;

  PathTemplate(String uri) {
    int cut = uri.indexOf('?');
    this.segments = split(cut < 0 ? uri : uri.substring(0, cut));
    this.queryLiterals = cut < 0 ? List.of() : List.of(uri.substring(cut + 1).split("&"));
  }

  /** How specific it is: of several that match, the one with most literals is meant. */
  int literals() {
    return queryLiterals.size()
        + (int) segments.stream().filter(each -> !each.startsWith("{")).count();
  }

  /** The labels' decoded values, or null when the path is not of this template. */
  @Nullable Map<String, String> match(String rawPath, @Nullable String rawQuery) {
    List<String> path = split(rawPath);
    List<String> query = rawQuery == null ? List.of() : List.of(rawQuery.split("&"));
    if (!query.containsAll(queryLiterals) && !matchesWithoutEquals(query)) {
      return null;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.endsWith("+}")) {
        return greedy(segment, path, i, labels);
      }
      if (i >= path.size() || !matches(segment, path.get(i), labels)) {
        return null;
      }
    }
    return path.size() == segments.size() ? labels : null;
  }

  private boolean matchesWithoutEquals(List<String> query) {
    return queryLiterals.stream()
        .allMatch(each -> query.contains(each) || query.contains(each + "="));
  }

  private static @Nullable Map<String, String> greedy(
      String segment, List<String> path, int from, Map<String, String> labels) {
    if (from >= path.size()) {
      return null;
    }
    String rest = String.join("/", path.subList(from, path.size()));
    labels.put(segment.substring(1, segment.length() - 2), Percent.decodePath(rest));
    return labels;
  }

  private static boolean matches(String segment, String given, Map<String, String> labels) {
    if (segment.startsWith("{") && segment.endsWith("}")) {
      labels.put(segment.substring(1, segment.length() - 1), Percent.decodePath(given));
      return !given.isEmpty();
    }
    return segment.equals(given);
  }

  /** Leading and trailing slashes do not count: Lambda's clients write both. */
  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>(List.of(path.split("/")));
    parts.removeIf(String::isEmpty);
    return parts;
  }
}
