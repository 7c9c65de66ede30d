package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kinesis.engine.HashRange;
import io.pipelab.local.kinesis.engine.ShardView;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.MergeShardsRequest;
import software.amazon.awssdk.services.kinesis.model.MergeShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.SplitShardRequest;
import software.amazon.awssdk.services.kinesis.model.SplitShardResponse;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

/** A stream's shards listed, split, merged, and made as many as wanted. */
final class ShardActions {
  private static final int MOST_SHARDS = 1000;

  private final Streams streams;

  ShardActions(Streams streams) {
    this.streams = streams;
  }

  void addTo(Actions actions) {
    actions
        .on(ListShardsRequest.class, this::listShards)
        .on(SplitShardRequest.class, this::splitShard)
        .on(MergeShardsRequest.class, this::mergeShards)
        .on(UpdateShardCountRequest.class, this::updateShardCount);
  }

  private ListShardsResponse listShards(ListShardsRequest request) {
    Asked asked = asked(request);
    Stream stream = streams.of(asked.name(), asked.arn());
    List<ShardView> shards =
        ShardModels.after(stream, request.exclusiveStartShardId()).stream()
            .filter(each -> passes(each, request.shardFilter()))
            .toList();
    Page<ShardView> page = Page.of(shards, asked.token(), request.maxResults(), MOST_SHARDS);
    return ListShardsResponse.builder()
        .shards(page.items().stream().map(ShardModels::shard).toList())
        .nextToken(page.next() == null ? null : stream.name + "/" + page.next())
        .build();
  }

  /** A token is given instead of the stream's name, and so carries it. */
  private record Asked(@Nullable String name, @Nullable String arn, @Nullable String token) {}

  private static Asked asked(ListShardsRequest request) {
    String token = request.nextToken();
    if (token == null) {
      return new Asked(request.streamName(), request.streamARN(), null);
    }
    if (request.streamName() != null) {
      throw Refusals.invalid("NextToken and StreamName cannot be provided together.");
    }
    int cut = token.indexOf('/');
    if (cut < 0) {
      throw Refusals.invalid("NextToken is invalid.");
    }
    return new Asked(token.substring(0, cut), null, token.substring(cut + 1));
  }

  private static boolean passes(ShardView shard, @Nullable ShardFilter filter) {
    if (filter == null) {
      return true;
    }
    return switch (filter.type()) {
      case AFTER_SHARD_ID -> filter.shardId() == null || shard.id().compareTo(filter.shardId()) > 0;
      case AT_LATEST -> shard.isOpen();
      case AT_TRIM_HORIZON, FROM_TRIM_HORIZON -> true;
      default -> throw AwsError.notImplemented("the shard filter " + filter.typeAsString());
    };
  }

  private SplitShardResponse splitShard(SplitShardRequest request) {
    Stream stream = provisioned(request.streamName(), request.streamARN());
    ShardView shard = open(stream, request.shardToSplit());
    BigInteger start = new BigInteger(request.newStartingHashKey());
    HashRange range = shard.range();
    if (!range.splitsAt(start) || start.equals(range.end())) {
      throw Refusals.invalid(
          "NewStartingHashKey "
              + start
              + " used in SplitShard() on shard "
              + shard.id()
              + " in stream "
              + stream.name
              + " under account "
              + streams.identity.account()
              + " is not both greater than one plus the shard's StartingHashKey "
              + range.start()
              + " and less than the shard's EndingHashKey "
              + range.end()
              + ".");
    }
    stream.records.split(shard.id(), start);
    return SplitShardResponse.builder().build();
  }

  private MergeShardsResponse mergeShards(MergeShardsRequest request) {
    Stream stream = provisioned(request.streamName(), request.streamARN());
    ShardView one = open(stream, request.shardToMerge());
    ShardView other = open(stream, request.adjacentShardToMerge());
    if (!one.range().isAdjacentTo(other.range())) {
      throw Refusals.invalid(
          "Shards "
              + one.id()
              + " and "
              + other.id()
              + " in stream "
              + stream.name
              + " under account "
              + streams.identity.account()
              + " are not an adjacent pair of shards eligible for merging");
    }
    stream.records.merge(one.id(), other.id());
    return MergeShardsResponse.builder().build();
  }

  private UpdateShardCountResponse updateShardCount(UpdateShardCountRequest request) {
    Stream stream = provisioned(request.streamName(), request.streamARN());
    int open = stream.openShards();
    int target = request.targetShardCount();
    checkTarget(open, target);
    stream.records.scale(target);
    return UpdateShardCountResponse.builder()
        .streamName(stream.name)
        .streamARN(stream.arn)
        .currentShardCount(open)
        .targetShardCount(target)
        .build();
  }

  /** Kinesis doubles and halves at most (API reference, UpdateShardCount). */
  static void checkTarget(int open, int target) {
    String counts = "Current open shard count: " + open + " Target shard count: " + target;
    if (target < 1) {
      throw Refusals.constraint(
          target, "targetShardCount", "Member must have value greater than or equal to 1");
    }
    if (target > 2 * open) {
      throw Refusals.invalid(
          "UpdateShardCount cannot scale up over double your current open shard count. " + counts);
    }
    if (2 * target < open) {
      throw Refusals.invalid(
          "UpdateShardCount cannot scale down below half your current open shard count. " + counts);
    }
  }

  private Stream provisioned(@Nullable String name, @Nullable String arn) {
    Stream stream = streams.of(name, arn);
    if (stream.mode == StreamMode.ON_DEMAND) {
      throw Refusals.invalid(
          "Request is invalid. Stream "
              + stream.name
              + " under account "
              + streams.identity.account()
              + " is in On-Demand mode.");
    }
    return stream;
  }

  private ShardView open(Stream stream, String shardId) {
    ShardView shard =
        stream
            .records
            .shard(shardId)
            .orElseThrow(() -> Refusals.noShard(shardId, stream, streams.identity.account()));
    if (!shard.isOpen()) {
      throw Refusals.invalid(
          "Shard "
              + shardId
              + " in stream "
              + stream.name
              + " under account "
              + streams.identity.account()
              + " has already been merged or split, and thus is not eligible for merging or"
              + " splitting.");
    }
    return shard;
  }
}
