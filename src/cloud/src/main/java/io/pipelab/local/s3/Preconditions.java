package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a conditional request (RFC 9110, "Conditional Requests in Amazon S3").
 *
 * @param ifMatch entity tags, or a star for any
 */
record Preconditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  /**
   * Lets a read pass.
   *
   * @throws AwsError PreconditionFailed, or NotModified with status 304
   */
  void checkRead(ObjectVersion version, StoredObject object) {
    Instant modified = version.lastModified().truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      require(matches(ifMatch, object), "If-Match");
    } else if (ifUnmodifiedSince != null) {
      require(!modified.isAfter(ifUnmodifiedSince), "If-Unmodified-Since");
    }
    boolean unmodified =
        ifNoneMatch != null
            ? matches(ifNoneMatch, object)
            : ifModifiedSince != null && !modified.isAfter(ifModifiedSince);
    if (unmodified) {
      throw AwsError.of("NotModified", 304, "Not Modified").withHeader("ETag", object.quotedEtag());
    }
  }

  /**
   * Lets the source of a copy pass.
   *
   * @throws AwsError PreconditionFailed
   */
  void checkCopy(ObjectVersion version, StoredObject object) {
    try {
      checkRead(version, object);
    } catch (AwsError e) {
      throw e.status() == 304 ? failed("x-amz-copy-source-If-None-Match") : e;
    }
  }

  /**
   * Lets a write pass.
   *
   * @param current the newest version, or null
   * @throws AwsError PreconditionFailed; NoSuchKey when If-Match finds nothing to match
   */
  void checkWrite(@Nullable ObjectVersion current) {
    StoredObject object = current == null ? null : current.object();
    if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
      throw AwsError.notImplemented("the header If-None-Match with other than *");
    }
    require(ifNoneMatch == null || object == null, "If-None-Match");
    if (ifMatch != null) {
      if (object == null) {
        throw AwsError.notFound("NoSuchKey", "The specified key does not exist.");
      }
      require(matches(ifMatch, object), "If-Match");
    }
  }

  private static boolean matches(String tags, StoredObject object) {
    return Arrays.stream(tags.split("\\s*,\\s*"))
        .map(each -> each.replace("W/", "").replace("\"", ""))
        .anyMatch(each -> each.equals("*") || each.equals(object.etag()));
  }

  private static void require(boolean holds, String condition) {
    if (!holds) {
      throw failed(condition);
    }
  }

  private static AwsError failed(String condition) {
    return AwsError.of(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold")
        .with("Condition", condition);
  }
}
