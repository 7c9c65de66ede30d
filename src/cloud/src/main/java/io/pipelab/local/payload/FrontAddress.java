package io.pipelab.local.payload;

import io.pipelab.local.kernel.HttpCall;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which API or function URL a call is for. On this machine they are told apart by the path, which
 * needs no name to be resolved; AWS's names are understood in the Host header, too.
 *
 * @param id the API's, or the URL's
 * @param path what stands behind the front's own address, as it was sent
 */
public record FrontAddress(String id, String path) {
  /**
   * How the addresses of a front look.
   *
   * @param prefix what stands before the id in a path, for example {@code /_api/}
   * @param host AWS's name, whose first group is the id
   */
  public record Form(String prefix, Pattern host) {
    /** The id and the path of a call, if it is for this front. */
    public Optional<FrontAddress> of(HttpCall call) {
      String raw = call.rawPath();
      if (raw.startsWith(prefix)) {
        String behind = raw.substring(prefix.length());
        int cut = behind.indexOf('/');
        return Optional.of(
            cut < 0
                ? new FrontAddress(behind, "/")
                : new FrontAddress(behind.substring(0, cut), behind.substring(cut)));
      }
      String given = call.header("Host");
      Matcher name = host.matcher(given == null ? "" : given.toLowerCase(Locale.ROOT));
      return name.matches()
          ? Optional.of(new FrontAddress(name.group(1), raw.isEmpty() ? "/" : raw))
          : Optional.empty();
    }
  }
}
