package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.HttpCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** A request in the one form in which it is signed. */
final class CanonicalRequest {
  private CanonicalRequest() {}

  /**
   * Writes it.
   *
   * @param payloadHash of the body in hexadecimal, or what stands in its place
   */
  static String of(HttpCall call, Authorization authorization, String payloadHash) {
    String path = call.rawPath().isEmpty() ? "/" : call.rawPath();
    return String.join(
        "\n",
        call.method(),
        authorization.scope().service().equals("s3") ? once(path) : twice(path),
        QueryParameters.of(call.rawQuery()).canonicalWithout("X-Amz-Signature"),
        headers(call, authorization.signedHeaders()),
        String.join(";", authorization.signedHeaders()),
        payloadHash);
  }

  /** S3's paths are encoded once, and nothing in a key is taken for a step up. */
  private static String once(String rawPath) {
    return SdkHttpUtils.urlEncodeIgnoreSlashes(QueryParameters.decode(rawPath));
  }

  /** All other services sign the encoded path, encoded again, without empty and dot segments. */
  private static String twice(String rawPath) {
    if (rawPath.equals("/")) {
      return rawPath;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : rawPath.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    String path = "/" + String.join("/", segments);
    boolean open = rawPath.endsWith("/") && !segments.isEmpty();
    return SdkHttpUtils.urlEncodeIgnoreSlashes(open ? path + "/" : path);
  }

  private static String headers(HttpCall call, List<String> names) {
    Map<String, List<String>> all = new HashMap<>();
    call.headers()
        .forEach(
            (name, values) ->
                all.computeIfAbsent(name.toLowerCase(Locale.ROOT), sent -> new ArrayList<>())
                    .addAll(values));
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      List<String> values = all.getOrDefault(name, List.of());
      text.append(name).append(':');
      for (int i = 0; i < values.size(); i++) {
        text.append(i == 0 ? "" : ",").append(oneSpace(values.get(i).trim()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String oneSpace(String value) {
    return value.contains("  ") ? value.replaceAll(" +", " ") : value;
  }
}
