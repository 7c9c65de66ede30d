package io.pipelab.local.apigatewayv2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A route's key, {@code GET /pets/{id}}, {@code ANY /{proxy+}} or {@code $default}.
 *
 * @param segments the path's, without the leading slash; empty for {@code $default}
 */
record RouteKey(String text, String method, List<String> segments) {
  static final String DEFAULT = "$default";
  static final String ANY = "ANY";

  private static final Pattern FORMAT =
      Pattern.compile("(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) /(\\S*)");

  private static final Pattern SEGMENT =
      Pattern.compile("[^{}]*|\\{[a-zA-Z0-9._-]+\\}|\\{[a-zA-Z0-9._-]+\\+\\}");

  /**
   * Reads a key.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException
   */
  static RouteKey parse(String text) {
    if (text.equals(DEFAULT)) {
      return new RouteKey(text, ANY, List.of());
    }
    Matcher parts = FORMAT.matcher(text);
    if (!parts.matches()) {
      throw Refusal.badRequest(
          "The provided route key is not formatted properly for HTTP protocol. Format should be"
              + " \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
    }
    List<String> segments = List.of(parts.group(2).split("/", -1));
    for (int i = 0; i < segments.size(); i++) {
      boolean greedyInside = isGreedy(segments.get(i)) && i < segments.size() - 1;
      if (!SEGMENT.matcher(segments.get(i)).matches() || greedyInside) {
        throw Refusal.badRequest("Invalid resource path in the route key: " + text);
      }
    }
    return new RouteKey(text, parts.group(1), segments);
  }

  boolean isDefault() {
    return text.equals(DEFAULT);
  }

  /** The path of the route as templates write it; empty for {@code $default}. */
  String path() {
    return isDefault() ? "" : "/" + String.join("/", segments);
  }

  /**
   * The path parameters' decoded values, or null when a request is not for this route.
   *
   * @param path the request's path as it was sent, split at its slashes
   */
  @Nullable Map<String, String> match(String requestMethod, List<String> path) {
    if (isDefault()) {
      return Map.of();
    }
    if (!method.equals(ANY) && !method.equals(requestMethod)) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (i >= path.size()) {
        return null;
      }
      if (isGreedy(segment)) {
        String rest = String.join("/", path.subList(i, path.size()));
        parameters.put(segment.substring(1, segment.length() - 2), decode(rest));
        return rest.isEmpty() ? null : parameters;
      }
      if (isParameter(segment)) {
        parameters.put(segment.substring(1, segment.length() - 1), decode(path.get(i)));
      }
      if (isParameter(segment) ? path.get(i).isEmpty() : !segment.equals(decode(path.get(i)))) {
        return null;
      }
    }
    return path.size() == segments.size() ? parameters : null;
  }

  /**
   * How general it is: of several routes that match, the one that comes first in this order is
   * meant. Full matches come before parameters, these before greedy ones, {@code $default} last.
   */
  String rank() {
    if (isDefault()) {
      return "9";
    }
    StringBuilder rank = new StringBuilder();
    for (String segment : segments) {
      rank.append(isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0');
    }
    return rank.append(method.equals(ANY) ? "1" : "0").toString();
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  /** A plus sign is itself in a path; what is badly encoded stays as it is. */
  static String decode(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  /** A path split at its slashes: {@code /} is one empty segment. */
  static List<String> split(String path) {
    String behind = path.startsWith("/") ? path.substring(1) : path;
    return new ArrayList<>(List.of(behind.split("/", -1)));
  }
}
