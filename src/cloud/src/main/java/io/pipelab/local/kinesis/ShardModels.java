package io.pipelab.local.kinesis;

import io.pipelab.local.kinesis.engine.HashRange;
import io.pipelab.local.kinesis.engine.ShardView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Shards in the API's classes. */
final class ShardModels {
  private ShardModels() {}

  static Shard shard(ShardView view) {
    return Shard.builder()
        .shardId(view.id())
        .parentShardId(view.parentId())
        .adjacentParentShardId(view.adjacentParentId())
        .hashKeyRange(range(view.range()))
        .sequenceNumberRange(
            numbers ->
                numbers
                    .startingSequenceNumber(view.startingSequenceNumber())
                    .endingSequenceNumber(view.endingSequenceNumber()))
        .build();
  }

  static ChildShard child(ShardView view) {
    return ChildShard.builder()
        .shardId(view.id())
        .parentShards(
            Stream.of(view.parentId(), view.adjacentParentId())
                .filter(each -> each != null)
                .toList())
        .hashKeyRange(range(view.range()))
        .build();
  }

  /** A stream's shards behind one of them; all when none is named. */
  static List<ShardView> after(io.pipelab.local.kinesis.Stream stream, @Nullable String shardId) {
    return stream.records.shards().stream()
        .filter(each -> shardId == null || each.id().compareTo(shardId) > 0)
        .toList();
  }

  private static HashKeyRange range(HashRange range) {
    return HashKeyRange.builder()
        .startingHashKey(range.start().toString())
        .endingHashKey(range.end().toString())
        .build();
  }
}
