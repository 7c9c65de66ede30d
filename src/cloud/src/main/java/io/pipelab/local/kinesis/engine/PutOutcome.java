package io.pipelab.local.kinesis.engine;

/** What became of a record. */
public sealed interface PutOutcome {
  /** The shard that its hash key is in. */
  String shardId();

  /** It is in the shard. */
  record Stored(String shardId, String sequenceNumber) implements PutOutcome {}

  /** The shard has taken what it takes in a second. */
  record Throttled(String shardId) implements PutOutcome {}
}
