package io.pipelab.local.lambda;

import io.pipelab.local.kernel.HttpCall;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which function URL a call is for. It is {@code http://127.0.0.1:PORT/_url/ID/}, which needs no
 * name to be resolved; {@code ID.lambda-url.ANYTHING} as the Host header is understood, too.
 *
 * @param path what stands behind the URL's own address, as it was sent
 */
record UrlAddress(String urlId, String path) {
  static final String PREFIX = "/_url/";

  private static final Pattern HOST = Pattern.compile("([a-z0-9]{32})\\.lambda-url\\..+");

  static Optional<UrlAddress> of(HttpCall call) {
    String raw = call.rawPath();
    if (raw.startsWith(PREFIX)) {
      String behind = raw.substring(PREFIX.length());
      int cut = behind.indexOf('/');
      return Optional.of(
          cut < 0
              ? new UrlAddress(behind, "/")
              : new UrlAddress(behind.substring(0, cut), behind.substring(cut)));
    }
    String host = call.header("Host");
    Matcher name = HOST.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
    return name.matches()
        ? Optional.of(new UrlAddress(name.group(1), raw.isEmpty() ? "/" : raw))
        : Optional.empty();
  }
}
