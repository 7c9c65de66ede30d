package io.pipelab.local.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a request's signature says about its sender: the access key and the credential scope of
 * Signature Version 4, in the Authorization header or presigned in the query string. The signature
 * itself is {@link Authenticator}'s affair.
 *
 * @param region empty when the signature is for no region (Signature Version 2, or 4A)
 */
record Signature(String accessKeyId, String region, String service) {

  /** Reads a signature, or null when the request carries none. */
  static @Nullable Signature of(@Nullable String authorization, @Nullable String rawQuery) {
    if (authorization != null && authorization.startsWith("AWS4-")) {
      int start = authorization.indexOf("Credential=");
      return start < 0 ? null : scope(upTo(authorization.substring(start + 11), ','));
    }
    if (authorization != null && authorization.startsWith("AWS ")) {
      return new Signature(upTo(authorization.substring(4), ':'), "", "s3");
    }
    String credential = parameter(rawQuery, "X-Amz-Credential");
    if (credential != null) {
      return scope(credential);
    }
    String versionTwo = parameter(rawQuery, "AWSAccessKeyId");
    return versionTwo == null ? null : new Signature(versionTwo, "", "s3");
  }

  /** {@code KEY/DATE/REGION/SERVICE/aws4_request}; 4A leaves the region out. */
  private static @Nullable Signature scope(String credential) {
    String[] parts = credential.trim().split("/");
    if (parts.length == 5) {
      return new Signature(parts[0], parts[2], parts[3]);
    }
    return parts.length == 4 ? new Signature(parts[0], "", parts[2]) : null;
  }

  private static String upTo(String text, char end) {
    int cut = text.indexOf(end);
    return cut < 0 ? text : text.substring(0, cut);
  }

  private static @Nullable String parameter(@Nullable String rawQuery, String name) {
    if (rawQuery == null) {
      return null;
    }
    for (String pair : rawQuery.split("&")) {
      if (pair.startsWith(name + "=")) {
        return Percent.decode(pair.substring(name.length() + 1));
      }
    }
    return null;
  }
}
