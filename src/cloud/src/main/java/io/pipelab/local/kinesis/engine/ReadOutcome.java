package io.pipelab.local.kinesis.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading a shard. */
public sealed interface ReadOutcome {
  /**
   * Records.
   *
   * @param next where reading goes on, or null at the end of a closed shard
   * @param millisBehind how old the first record is that was not read; 0 when all were
   * @param children the shards that came out of this one, once it is read to its end
   */
  record Batch(
      List<StoredRecord> records,
      @Nullable Position next,
      long millisBehind,
      List<ShardView> children)
      implements ReadOutcome {}

  /** The shard has given what it gives in a second. */
  record Throttled() implements ReadOutcome {}

  /** There is no such shard, or it is gone. */
  record NoShard() implements ReadOutcome {}
}
