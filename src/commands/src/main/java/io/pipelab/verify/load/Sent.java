package io.pipelab.verify.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was sent into a lab other than messages to a queue, and when. */
public sealed interface Sent {
  /** The run that it was part of. */
  String runId();

  /** The target's time just before it was sent. */
  Instant startedAt();

  /**
   * Files that were put into a bucket.
   *
   * @param asked how many were to be sent
   * @param files those that the bucket took
   */
  record Files(
      String runId,
      String bucket,
      int asked,
      List<StoredFile> files,
      Instant startedAt,
      Instant finishedAt)
      implements Sent {}

  /**
   * One file in a bucket.
   *
   * @param etag as S3 answered it, without quotes
   */
  record StoredFile(String key, long bytes, String etag) {}

  /** A message that was published to a topic. */
  record Message(String runId, String topic, String messageId, String text, Instant startedAt)
      implements Sent {}

  /**
   * What was tried on a standing part of the lab, and seen while it was.
   *
   * @param drill what was tried: {@code mapping-off}
   * @param subject the part, as {@link Births} knows it
   * @param seen what was seen, in the drill's own terms
   */
  record Drill(
      String runId, String drill, String subject, Map<String, String> seen, Instant startedAt)
      implements Sent {}
}
