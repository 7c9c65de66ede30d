package io.pipelab.drive;

import java.time.Duration;
import java.util.List;

/**
 * What an upload came to. {@code stored + failed + unsent == asked}, always.
 *
 * @param stored files that the bucket took
 * @param failures files that it did not take
 * @param unsent files that were never tried, because the upload was interrupted
 */
public record UploadResult(
    String runId,
    String bucket,
    int asked,
    List<Stored> stored,
    List<Failed> failures,
    int unsent,
    Duration elapsed) {

  /**
   * A file in the bucket.
   *
   * @param etag as S3 answered it, without quotes
   */
  public record Stored(String key, long bytes, String etag) {}

  /** A file that was not taken, and why. */
  public record Failed(String key, String code, String reason) {}

  /** Whether the bucket took every file. */
  public boolean complete() {
    return stored.size() == asked;
  }

  /** Bytes of all files that the bucket took. */
  public long bytes() {
    return stored.stream().mapToLong(Stored::bytes).sum();
  }
}
