package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one upload. Whoever ends the upload gets them all: a part comes either before, or is
 * refused, so that no part's bytes stay behind.
 */
final class UploadParts {
  private final NavigableMap<Integer, UploadedPart> byNumber = new ConcurrentSkipListMap<>();
  private boolean ended;

  /**
   * Adds a part.
   *
   * @return the part of the same number whose place it takes, or null
   * @throws AwsError NoSuchUpload when the upload has ended
   */
  synchronized @Nullable UploadedPart add(UploadedPart part) {
    requireOngoing();
    return byNumber.put(part.number(), part);
  }

  /**
   * Does something with the parts while nobody adds one or ends the upload.
   *
   * @throws AwsError NoSuchUpload when the upload has ended
   */
  synchronized <T> T hold(Supplier<T> work) {
    requireOngoing();
    return work.get();
  }

  /**
   * Ends the upload; the parts' bytes are the caller's to free.
   *
   * @throws AwsError NoSuchUpload when the upload has ended before
   */
  synchronized List<UploadedPart> end() {
    requireOngoing();
    ended = true;
    return List.copyOf(byNumber.values());
  }

  @Nullable UploadedPart get(int number) {
    return byNumber.get(number);
  }

  /** The parts with higher numbers, in the order of their numbers. */
  List<UploadedPart> after(int number) {
    return List.copyOf(byNumber.tailMap(number, false).values());
  }

  private void requireOngoing() {
    if (ended) {
      throw missing();
    }
  }

  static AwsError missing() {
    return AwsError.notFound(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may"
            + " have been aborted or completed.");
  }
}
