package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of an object's bytes.
 *
 * @param first its offset
 * @param length bytes
 * @param total the whole object's bytes
 */
record ByteRange(long first, long length, long total) {
  private static final Pattern BYTES = Pattern.compile("bytes=(\\d*)-(\\d*)");

  static ByteRange all(long total) {
    return new ByteRange(0, total, total);
  }

  /**
   * Reads a Range header; null, what is not a single byte range and one that ends before it begins
   * mean everything, as on AWS.
   *
   * @throws AwsError InvalidRange
   */
  static ByteRange of(@Nullable String header, long total) {
    Matcher matcher = BYTES.matcher(header == null ? "" : header);
    if (!matcher.matches() || header == null || header.length() == "bytes=-".length()) {
      return all(total);
    }
    boolean suffix = matcher.group(1).isEmpty();
    long first = suffix ? Math.max(0, total - parse(matcher.group(2))) : parse(matcher.group(1));
    long last = suffix || matcher.group(2).isEmpty() ? total - 1 : parse(matcher.group(2));
    if (!suffix && !matcher.group(2).isEmpty() && last < first) {
      return all(total);
    }
    if (first >= total || last < first) {
      throw AwsError.of("InvalidRange", 416, "The requested range is not satisfiable")
          .with("RangeRequested", header)
          .with("ActualObjectSize", Long.toString(total));
    }
    return new ByteRange(first, Math.min(last, total - 1) - first + 1, total);
  }

  /** Whether a header names a range that is served as one, and not ignored. */
  static boolean isRange(String header) {
    Matcher matcher = BYTES.matcher(header);
    if (!matcher.matches()) {
      return false;
    }
    boolean first = !matcher.group(1).isEmpty();
    boolean last = !matcher.group(2).isEmpty();
    return (first || last) && !(first && last && parse(matcher.group(2)) < parse(matcher.group(1)));
  }

  private static long parse(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  boolean isAll() {
    return length == total;
  }

  /** As the Content-Range header has it. */
  String contentRange() {
    return "bytes " + first + "-" + (first + length - 1) + "/" + total;
  }
}
