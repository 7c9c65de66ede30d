package io.pipelab.local.apigatewayv2;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The URL of an {@code HTTP_PROXY} integration, in which {@code {name}} stands for the route's path
 * parameter.
 */
final class IntegrationUrl {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z0-9._-]+)\\+?\\}");

  private IntegrationUrl() {}

  /**
   * Refuses what is no URL.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException
   */
  static void check(String text) {
    try {
      URI url = URI.create(VARIABLE.matcher(text).replaceAll("x"));
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getFragment() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("Invalid HTTP endpoint specified for URI");
    }
    throw Refusal.badRequest("Invalid HTTP endpoint specified for URI");
  }

  /** The URL that a request goes to, with its query behind that of the integration. */
  static URI of(String template, RouteMatch route, ParameterMapping mapped) {
    StringBuilder url = new StringBuilder();
    Matcher variable = VARIABLE.matcher(template);
    while (variable.find()) {
      String value = route.parameters().getOrDefault(variable.group(1), "");
      variable.appendReplacement(url, Matcher.quoteReplacement(path(value)));
    }
    variable.appendTail(url);
    String query = query(mapped.query());
    if (!query.isEmpty()) {
      url.append(url.indexOf("?") < 0 ? '?' : '&').append(query);
    }
    return URI.create(url.toString());
  }

  /** A greedy parameter keeps its slashes. */
  private static String path(String value) {
    return Arrays.stream(value.split("/", -1))
        .map(IntegrationUrl::encoded)
        .collect(Collectors.joining("/"));
  }

  private static String query(Map<String, List<String>> query) {
    return query.entrySet().stream()
        .flatMap(
            each ->
                each.getValue().stream()
                    .map(value -> encoded(each.getKey()) + "=" + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
