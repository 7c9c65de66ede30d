package io.pipelab.local.kinesis.engine;

import org.jspecify.annotations.Nullable;

/**
 * A shard as it is shown.
 *
 * @param parentId the shard that it was split from or the first of the two that it was merged from
 * @param adjacentParentId the second of them
 * @param endingSequenceNumber when it is closed: nothing is put into it any more
 */
public record ShardView(
    String id,
    HashRange range,
    @Nullable String parentId,
    @Nullable String adjacentParentId,
    String startingSequenceNumber,
    @Nullable String endingSequenceNumber) {
  public boolean isOpen() {
    return endingSequenceNumber == null;
  }

  /** Whether it came out of another. */
  public boolean isChildOf(String shardId) {
    return shardId.equals(parentId) || shardId.equals(adjacentParentId);
  }
}
