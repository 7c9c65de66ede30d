package io.pipelab.local.sqs;

import io.pipelab.local.kernel.AwsError;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for every batch: one to ten entries, with ids of their own. */
final class BatchRules {
  private static final int MAX_ENTRIES = 10;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private BatchRules() {}

  /**
   * Checks the ids of a batch's entries.
   *
   * @param entryType the entry's shape name, for the message
   * @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId,
   *     BatchEntryIdsNotDistinct
   */
  static void check(List<String> ids, String entryType) {
    if (ids.isEmpty()) {
      throw AwsError.badRequest(
          "EmptyBatchRequest", "There should be at least one " + entryType + " in the request.");
    }
    if (ids.size() > MAX_ENTRIES) {
      throw AwsError.badRequest(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are "
              + MAX_ENTRIES
              + ". You have sent "
              + ids.size()
              + ".");
    }
    Set<String> seen = new HashSet<>();
    for (@Nullable String id : ids) {
      if (id == null || !ID.matcher(id).matches()) {
        throw AwsError.badRequest(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
                + " can be at most 80 letters long.");
      }
      if (!seen.add(id)) {
        throw AwsError.badRequest("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
  }

  /** Refuses a batch whose messages are longer together than one message may be. */
  static void checkTotal(int[] sizes) {
    int bytes = Arrays.stream(sizes).sum();
    if (bytes > MessageRules.MAX_BYTES) {
      throw AwsError.badRequest(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than "
              + MessageRules.MAX_BYTES
              + " bytes. You have sent "
              + bytes
              + " bytes.");
    }
  }
}
