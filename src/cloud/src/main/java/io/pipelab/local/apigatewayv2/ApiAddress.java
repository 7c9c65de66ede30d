package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.HttpCall;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which API a call is for. Its URL is {@code http://127.0.0.1:PORT/_api/ID}, which needs no name to
 * be resolved; {@code ID.execute-api.ANYTHING} as the Host header is understood, too.
 *
 * @param path what stands behind the API's own address, as it was sent, with the stage
 */
record ApiAddress(String apiId, String path) {
  static final String PREFIX = "/_api/";

  private static final Pattern HOST = Pattern.compile("([a-z0-9]{10})\\.execute-api\\..+");

  static Optional<ApiAddress> of(HttpCall call) {
    String raw = call.rawPath();
    if (raw.startsWith(PREFIX)) {
      String behind = raw.substring(PREFIX.length());
      int cut = behind.indexOf('/');
      return Optional.of(
          cut < 0
              ? new ApiAddress(behind, "/")
              : new ApiAddress(behind.substring(0, cut), behind.substring(cut)));
    }
    String host = call.header("Host");
    Matcher name = HOST.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
    return name.matches()
        ? Optional.of(new ApiAddress(name.group(1), raw.isEmpty() ? "/" : raw))
        : Optional.empty();
  }
}
