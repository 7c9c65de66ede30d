package io.pipelab.local.door;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.WebVisit;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Tells from a request's head whether a web browser sends it, and for which page. */
final class Visits {
  private static final String ORIGIN = "Origin";
  private static final String SITE = "Sec-Fetch-Site";

  private Visits() {}

  /**
   * The visit that a request is; nothing when no browser sends it.
   *
   * @throws AwsError when it is one that nobody answers
   */
  static Optional<WebVisit> of(HttpFields headers, Address asked) {
    @Nullable String origin = single(headers, ORIGIN);
    @Nullable String site = single(headers, SITE);
    if (origin == null) {
      return site == null ? Optional.empty() : Optional.of(withoutOrigin(site));
    }
    if (!asked.isOrigin(origin)) {
      return Optional.of(new WebVisit.Stranger(origin));
    }
    if (site == null || site.equals("same-origin")) {
      return Optional.of(new WebVisit.OwnPage());
    }
    throw refused("a web page of another address (" + SITE + ": " + site + ")");
  }

  /** Images, links and scripts of a page come without an Origin. */
  private static WebVisit withoutOrigin(String site) {
    return switch (site) {
      case "same-origin" -> new WebVisit.OwnPage();
      case "none" -> new WebVisit.Typed();
      default -> throw refused("a web page of another address (" + SITE + ": " + site + ")");
    };
  }

  private static @Nullable String single(HttpFields headers, String name) {
    List<String> values = headers.getValuesList(name);
    if (values.size() > 1) {
      throw refused("a request with " + values.size() + " headers " + name);
    }
    return values.isEmpty() ? null : values.get(0);
  }

  static AwsError refused(String whom) {
    return AwsError.accessDenied(
        "AccessDenied", "pipelab's embedded cloud does not answer " + whom + ".");
  }
}
