package io.pipelab.local.payload;

import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.WebVisit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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
    /**
     * Whether a browser may make a call. Pages of other addresses are let in by the CORS rules of
     * what they call, and by nothing else.
     *
     * @param rules of an id; nothing when there are none
     */
    public boolean admits(
        HttpCall call, WebVisit visit, Function<String, Optional<CorsRules>> rules) {
      Optional<FrontAddress> address = of(call);
      if (address.isEmpty() || !(visit instanceof WebVisit.Stranger stranger)) {
        return address.isPresent();
      }
      return rules
          .apply(address.get().id())
          .filter(cors -> CorsAnswers.allows(cors, stranger.origin()))
          .isPresent();
    }

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
