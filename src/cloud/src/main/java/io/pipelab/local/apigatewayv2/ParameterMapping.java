package io.pipelab.local.apigatewayv2;

import io.pipelab.local.payload.IncomingRequest;
import io.pipelab.local.payload.QueryString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an integration's request parameters ({@code overwrite:path}, {@code append:header.name} ...)
 * make of a request.
 *
 * @param path what the function gets for the request's path
 */
record ParameterMapping(
    String path, Map<String, List<String>> headers, Map<String, List<String>> query) {
  private static final Pattern KEY =
      Pattern.compile("(append|overwrite|remove):(header|querystring)\\.(.+)|overwrite:path");

  private static final Pattern RESTRICTED =
      Pattern.compile(
          "access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)"
              + "|forwarded|keep-alive|origin|proxy-auth(enticate|orization)|te|trailers"
              + "|transfer-encoding|upgrade|x-amzn?-.*|x-forwarded-(for|host|proto)|via");

  /**
   * Refuses keys that are none.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException
   */
  static void check(Map<String, String> parameters) {
    parameters.forEach(
        (key, value) -> {
          Matcher parts = KEY.matcher(key);
          if (!parts.matches()) {
            throw Refusal.badRequest("Invalid mapping expression specified: " + key);
          }
          if ("header".equals(parts.group(2))
              && RESTRICTED.matcher(parts.group(3).toLowerCase(Locale.ROOT)).matches()) {
            throw Refusal.badRequest("Operations on header " + parts.group(3) + " are restricted");
          }
          Expressions.check(value);
        });
  }

  /** An update's parameters: one that is set to nothing goes, except where it removes. */
  static Map<String, String> merge(Map<String, String> before, Map<String, String> changes) {
    Map<String, String> after = new LinkedHashMap<>(before);
    after.putAll(changes);
    after
        .entrySet()
        .removeIf(each -> each.getValue().isEmpty() && !each.getKey().startsWith("remove:"));
    return after;
  }

  /** Applies an integration's parameters. */
  static ParameterMapping apply(
      Map<String, String> parameters, CallContext context, RouteMatch route) {
    IncomingRequest request = context.request;
    String path = request.fullPath();
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    Map<String, List<String>> query = QueryString.parse(request.rawQuery());
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      String value = Expressions.resolve(each.getValue(), context, route);
      Matcher parts = KEY.matcher(each.getKey());
      if (!parts.matches()) {
        throw new IllegalStateException("a mapping that was not checked: " + each.getKey());
      }
      if (parts.group(1) == null) {
        path = value == null ? path : value;
      } else {
        boolean header = parts.group(2).equals("header");
        change(header ? headers : query, parts.group(1), parts.group(3), value, header);
      }
    }
    return new ParameterMapping(path, headers, query);
  }

  private static void change(
      Map<String, List<String>> values,
      String operation,
      String name,
      @Nullable String value,
      boolean anyCase) {
    String known = name;
    for (String each : values.keySet()) {
      if (anyCase ? each.equalsIgnoreCase(name) : each.equals(name)) {
        known = each;
      }
    }
    if (operation.equals("remove")) {
      values.remove(known);
    } else if (value != null) {
      List<String> after = new ArrayList<>();
      if (operation.equals("append")) {
        after.addAll(values.getOrDefault(known, List.of()));
      }
      after.add(value);
      values.put(known, after);
    }
  }
}
