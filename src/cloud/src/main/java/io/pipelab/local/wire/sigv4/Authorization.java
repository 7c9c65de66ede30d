package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request's Signature Version 4, from its Authorization header or, presigned, from
 * its query string.
 *
 * @param timestamp as it was signed, {@code 20260101T120000Z}
 * @param token the session token that goes with temporary keys
 * @param lifetime of a presigned request; null for one that is signed in the header
 */
record Authorization(
    Scope scope,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    @Nullable String token,
    @Nullable Duration lifetime) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Duration LONGEST = Duration.ofDays(7);

  /** {@code KEY/DATE/REGION/SERVICE/aws4_request}. */
  record Scope(String accessKeyId, String date, String region, String service) {
    static Scope parse(String credential) {
      String[] parts = credential.split("/", -1);
      if (parts.length != 5 || !parts[4].equals("aws4_request")) {
        throw incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g."
                + " keyid/date/region/service/term, got '"
                + credential
                + "'");
      }
      return new Scope(parts[0], parts[1], parts[2], parts[3]);
    }

    /** What is signed of it. */
    String text() {
      return String.join("/", date, region, service, "aws4_request");
    }
  }

  /**
   * Reads the signature of a request that has one.
   *
   * @throws AwsError IncompleteSignature
   */
  static Authorization of(HttpCall call) {
    String header = call.header("Authorization");
    return header == null ? presigned(call) : inHeader(call, header);
  }

  private static Authorization inHeader(HttpCall call, String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw incomplete(
          "Unsupported AWS 'algorithm': the embedded cloud checks " + ALGORITHM + " only");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",")) {
      int cut = part.indexOf('=');
      if (cut > 0) {
        parts.put(part.substring(0, cut).trim(), part.substring(cut + 1).trim());
      }
    }
    return of(
        parts.get("Credential"),
        parts.get("SignedHeaders"),
        parts.get("Signature"),
        timestamp(call),
        call.header("X-Amz-Security-Token"),
        null);
  }

  private static @Nullable String timestamp(HttpCall call) {
    String amz = call.header("X-Amz-Date");
    String http = call.header("Date");
    if (amz != null || http == null) {
      return amz;
    }
    try {
      return BASIC.format(DateTimeFormatter.RFC_1123_DATE_TIME.parse(http, Instant::from));
    } catch (DateTimeException e) {
      throw incomplete("Date must be in the format of HTTP or ISO 8601 basic, got '" + http + "'");
    }
  }

  private static Authorization presigned(HttpCall call) {
    QueryParameters query = QueryParameters.of(call.rawQuery());
    if (!ALGORITHM.equals(query.first("X-Amz-Algorithm"))) {
      throw incomplete(
          "Unsupported AWS 'algorithm': the embedded cloud checks " + ALGORITHM + " only");
    }
    String seconds = query.first("X-Amz-Expires");
    if (seconds != null && !seconds.matches("\\d{1,9}")) {
      throw incomplete("X-Amz-Expires should be a number");
    }
    // Services other than S3 let a presigned request without lifetime pass for some minutes.
    Duration lifetime = Duration.ofSeconds(seconds == null ? 900 : Long.parseLong(seconds));
    if (lifetime.compareTo(LONGEST) > 0) {
      throw incomplete("X-Amz-Expires must be less than a week (in seconds) in the future");
    }
    return of(
        query.first("X-Amz-Credential"),
        query.first("X-Amz-SignedHeaders"),
        query.first("X-Amz-Signature"),
        query.first("X-Amz-Date"),
        query.first("X-Amz-Security-Token"),
        lifetime);
  }

  private static Authorization of(
      @Nullable String credential,
      @Nullable String signedHeaders,
      @Nullable String signature,
      @Nullable String timestamp,
      @Nullable String token,
      @Nullable Duration lifetime) {
    require("Credential", credential);
    require("SignedHeaders", signedHeaders);
    require("Signature", signature);
    require("X-Amz-Date", timestamp);
    Scope scope = Scope.parse(Objects.requireNonNull(credential));
    List<String> names = List.of(Objects.requireNonNull(signedHeaders).split(";"));
    if (!names.contains("host")) {
      throw incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization");
    }
    return new Authorization(
        scope,
        names,
        Objects.requireNonNull(signature),
        Objects.requireNonNull(timestamp),
        token,
        lifetime);
  }

  private static void require(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw incomplete("Authorization requires '" + name + "' parameter");
    }
  }

  /**
   * When it was signed.
   *
   * @throws AwsError IncompleteSignature
   */
  Instant signedAt() {
    try {
      return BASIC.parse(timestamp, Instant::from);
    } catch (DateTimeException e) {
      throw incomplete("Date must be in ISO 8601 basic format, got '" + timestamp + "'");
    }
  }

  private static AwsError incomplete(String message) {
    return AwsError.badRequest("IncompleteSignature", message + ".");
  }
}
