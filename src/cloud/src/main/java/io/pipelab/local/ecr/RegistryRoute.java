package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Percent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path of the distribution API asks for.
 *
 * @param name the repository, or empty where there is none
 * @param reference a digest, a tag or an upload's id; empty where an upload begins
 */
record RegistryRoute(Kind kind, String name, String reference) {
  /** The distribution API's resources. */
  enum Kind {
    BASE,
    CATALOG,
    BLOB,
    UPLOAD,
    MANIFEST,
    TAGS
  }

  /** In the order in which they are tried: an upload's path looks like a blob's. */
  private static final List<Map.Entry<Kind, Pattern>> PATTERNS =
      List.of(
          Map.entry(Kind.UPLOAD, Pattern.compile("/v2/(.+)/blobs/uploads/?([^/]*)")),
          Map.entry(Kind.BLOB, Pattern.compile("/v2/(.+)/blobs/([^/]+)")),
          Map.entry(Kind.MANIFEST, Pattern.compile("/v2/(.+)/manifests/([^/]+)")),
          Map.entry(Kind.TAGS, Pattern.compile("/v2/(.+)/tags/list()")));

  /**
   * Reads a path.
   *
   * @throws AwsError UNSUPPORTED (404) for a path that is not part of the API
   */
  static RegistryRoute of(String rawPath) {
    String path = Percent.decodePath(rawPath);
    if (path.equals("/v2") || path.equals("/v2/")) {
      return new RegistryRoute(Kind.BASE, "", "");
    }
    if (path.equals("/v2/_catalog")) {
      return new RegistryRoute(Kind.CATALOG, "", "");
    }
    for (Map.Entry<Kind, Pattern> candidate : PATTERNS) {
      Matcher matcher = candidate.getValue().matcher(path);
      if (matcher.matches()) {
        return new RegistryRoute(candidate.getKey(), matcher.group(1), matcher.group(2));
      }
    }
    throw AwsError.notFound("UNSUPPORTED", "no path of the distribution API: " + rawPath);
  }

  /** The parameters of a query string. */
  static Map<String, String> query(@Nullable String rawQuery) {
    Map<String, String> parameters = new HashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&")) {
        int cut = pair.indexOf('=');
        if (cut > 0) {
          parameters.put(pair.substring(0, cut), Percent.decode(pair.substring(cut + 1)));
        }
      }
    }
    return parameters;
  }
}
