package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding in URIs and forms. */
public final class Percent {
  private Percent() {}

  /**
   * Decodes a name or a value of a query string or a form, in which a plus sign is a blank.
   *
   * @throws AwsError InvalidURI
   */
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest("InvalidURI", "Couldn't parse the specified URI.");
    }
  }

  /**
   * Decodes a segment of a path, in which a plus sign is itself.
   *
   * @throws AwsError InvalidURI
   */
  public static String decodePath(String segment) {
    return decode(segment.replace("+", "%2B"));
  }
}
