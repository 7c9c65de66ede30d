package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.CORSRule;

/**
 * What a bucket's CORS configuration lets web pages do ("How does Amazon S3 evaluate the CORS
 * configuration on a bucket?"): the first rule that allows origin, method and headers counts.
 */
final class CorsRules {
  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final String ANY = "*";

  private CorsRules() {}

  /** Whether a browser asks, before it makes a call, if it may. */
  static boolean isPreflight(HttpCall call) {
    return call.method().equals("OPTIONS") && call.header("Origin") != null;
  }

  /** The rule that lets a call in, or the one that it is the preflight request of. */
  static Optional<CORSRule> find(Bucket bucket, HttpCall call) {
    String origin = call.header("Origin");
    String method = isPreflight(call) ? call.header(METHOD) : call.method();
    if (origin == null || method == null) {
      return Optional.empty();
    }
    List<String> headers = isPreflight(call) ? headers(call) : List.of();
    return bucket.configuration(CORSConfiguration.class).stream()
        .flatMap(cors -> cors.corsRules().stream())
        .filter(rule -> rule.allowedMethods().contains(method))
        .filter(rule -> rule.allowedOrigins().stream().anyMatch(each -> matches(each, origin)))
        .filter(rule -> headers.stream().allMatch(header -> allows(rule, header)))
        .findFirst();
  }

  /**
   * Answers a preflight request.
   *
   * @throws AwsError AccessForbidden
   */
  static void answerPreflight(Bucket bucket, HttpCall call) throws IOException {
    CORSRule rule =
        find(bucket, call)
            .orElseThrow(
                () ->
                    AwsError.accessDenied(
                        "AccessForbidden", "CORSResponse: This CORS request is not allowed."));
    Map<String, String> answer = new LinkedHashMap<>(answer(rule, call));
    List<String> headers = headers(call);
    if (!headers.isEmpty()) {
      answer.put("Access-Control-Allow-Headers", String.join(", ", headers));
    }
    if (rule.maxAgeSeconds() != null) {
      answer.put("Access-Control-Max-Age", rule.maxAgeSeconds().toString());
    }
    call.respond(200, answer, new byte[0]);
  }

  /** The headers by which a browser lets its page read the answer to a call. */
  static Map<String, String> answer(CORSRule rule, HttpCall call) {
    Map<String, String> answer = new LinkedHashMap<>();
    boolean any = rule.allowedOrigins().contains(ANY);
    answer.put("Access-Control-Allow-Origin", any ? ANY : String.valueOf(call.header("Origin")));
    answer.put("Access-Control-Allow-Methods", String.join(", ", rule.allowedMethods()));
    if (!any) {
      answer.put("Access-Control-Allow-Credentials", "true");
    }
    if (!rule.exposeHeaders().isEmpty()) {
      answer.put("Access-Control-Expose-Headers", String.join(", ", rule.exposeHeaders()));
    }
    answer.put("Vary", "Origin, " + HEADERS + ", " + METHOD);
    return answer;
  }

  private static List<String> headers(HttpCall call) {
    String asked = call.header(HEADERS);
    return asked == null
        ? List.of()
        : Arrays.stream(asked.split(","))
            .map(header -> header.trim().toLowerCase(Locale.ROOT))
            .filter(header -> !header.isEmpty())
            .toList();
  }

  private static boolean allows(CORSRule rule, String header) {
    return rule.allowedHeaders().stream()
        .anyMatch(each -> matches(each.toLowerCase(Locale.ROOT), header));
  }

  /** Patterns have one star at most, for any text. */
  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    return star < 0
        ? pattern.equals(text)
        : text.length() >= pattern.length() - 1
            && text.startsWith(pattern.substring(0, star))
            && text.endsWith(pattern.substring(star + 1));
  }
}
