package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.HttpCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    StringBuilder text = new StringBuilder();
    Map<String, List<String>> all = call.headers();
    for (String name : names) {
      List<String> values = new ArrayList<>();
      all.forEach(
          (sent, each) -> {
            if (sent.toLowerCase(Locale.ROOT).equals(name)) {
              each.forEach(value -> values.add(value.trim().replaceAll(" +", " ")));
            }
          });
      text.append(name).append(':').append(String.join(",", values)).append('\n');
    }
    return text.toString();
  }
}
