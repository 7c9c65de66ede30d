package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.wire.BucketPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The lifetime of presigned URLs, of Signature Version 4 and of Version 2. */
final class PresignedUrl {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private PresignedUrl() {}

  static boolean isPresigned(HttpCall call) {
    String query = call.rawQuery() == null ? "" : "&" + call.rawQuery();
    return query.contains("&X-Amz-Credential=") || query.contains("&AWSAccessKeyId=");
  }

  /**
   * Refuses a URL that is too old.
   *
   * @throws AwsError AccessDenied
   */
  static void checkExpiry(BucketPath path, Instant now) {
    try {
      String seconds = path.parameter("X-Amz-Expires");
      String date = path.parameter("X-Amz-Date");
      String epoch = path.parameter("Expires");
      Instant end = Instant.MAX;
      if (seconds != null && date != null) {
        end = BASIC.parse(date, Instant::from).plusSeconds(Long.parseLong(seconds));
      } else if (epoch != null && path.parameter("AWSAccessKeyId") != null) {
        end = Instant.ofEpochSecond(Long.parseLong(epoch));
      }
      if (now.isAfter(end)) {
        throw AwsError.accessDenied("AccessDenied", "Request has expired");
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw AwsError.badRequest(
          "AuthorizationQueryParametersError", "The dates of the presigned URL are malformed.");
    }
  }
}
