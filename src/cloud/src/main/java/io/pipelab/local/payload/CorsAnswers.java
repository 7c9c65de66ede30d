package io.pipelab.local.payload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A front's own answers to browsers, when there is a CORS configuration. */
public final class CorsAnswers {
  private static final String ANY = "*";

  private CorsAnswers() {}

  /** The answer to a preflight request; nothing when it is none, or there are no rules. */
  public static Optional<HttpAnswer> preflight(@Nullable CorsRules cors, IncomingRequest request) {
    String origin = request.firstHeader("Origin");
    if (cors == null
        || origin == null
        || !request.method().equals("OPTIONS")
        || request.firstHeader("Access-Control-Request-Method") == null) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (allows(cors, origin)) {
      origin(cors, origin, headers);
      put(headers, "access-control-allow-methods", cors.allowMethods());
      put(headers, "access-control-allow-headers", cors.allowHeaders());
      if (cors.maxAge() != null) {
        put(headers, "access-control-max-age", List.of(cors.maxAge().toString()));
      }
    }
    return Optional.of(new HttpAnswer(204, headers, new byte[0]));
  }

  /** An integration's answer with the configured headers; those of the integration go. */
  public static HttpAnswer decorate(
      @Nullable CorsRules cors, IncomingRequest request, HttpAnswer answer) {
    if (cors == null) {
      return answer;
    }
    Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
    headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    String origin = request.firstHeader("Origin");
    if (origin != null && allows(cors, origin)) {
      origin(cors, origin, headers);
      put(headers, "access-control-expose-headers", cors.exposeHeaders());
    }
    return new HttpAnswer(answer.status(), headers, answer.body());
  }

  private static void origin(CorsRules cors, String origin, Map<String, List<String>> headers) {
    put(
        headers,
        "access-control-allow-origin",
        List.of(cors.allowOrigins().contains(ANY) ? ANY : origin));
    if (cors.allowCredentials()) {
      put(headers, "access-control-allow-credentials", List.of("true"));
    }
  }

  private static void put(Map<String, List<String>> headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.put(name, List.of(String.join(",", values)));
    }
  }

  /** {@code https://*} stands for every origin of that scheme, a host may begin with a star. */
  public static boolean allows(CorsRules cors, String origin) {
    String asked = origin.toLowerCase(Locale.ROOT);
    for (String each : cors.allowOrigins()) {
      String allowed = each.toLowerCase(Locale.ROOT);
      int star = allowed.indexOf('*');
      if (star < 0
          ? allowed.equals(asked)
          : asked.length() >= allowed.length() - 1
              && asked.startsWith(allowed.substring(0, star))
              && asked.endsWith(allowed.substring(star + 1))) {
        return true;
      }
    }
    return false;
  }
}
