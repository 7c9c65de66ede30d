package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kinesis.engine.RecordStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** The account's streams by name. */
final class Streams {
  /**
   * What a stream on demand begins with (Developer Guide, "Choose the data stream capacity mode").
   */
  static final int ON_DEMAND_SHARDS = 4;

  static final int DEFAULT_HOURS = 24;
  static final int MOST_HOURS = 8760;
  static final int DEFAULT_RECORD_KIB = 1024;
  static final int MOST_RECORD_KIB = 10_240;

  /** AWS's quota for a region: 500 in the great ones, 200 in the others. */
  static final int SHARD_LIMIT = 500;

  final CloudIdentity identity;
  private final InstantSource wall;
  private final Map<String, Stream> byName = new ConcurrentSkipListMap<>();

  Streams(CloudIdentity identity, InstantSource wall) {
    this.identity = identity;
    this.wall = wall;
  }

  /**
   * What CreateStream asks for.
   *
   * @param shards null for a stream on demand
   */
  record Wanted(
      String name,
      @Nullable Integer shards,
      @Nullable StreamMode mode,
      int hours,
      int maxRecordKib,
      Map<String, String> tags) {}

  Stream create(Wanted wanted) {
    StreamMode mode = Objects.requireNonNullElse(wanted.mode(), StreamMode.PROVISIONED);
    boolean onDemand = mode == StreamMode.ON_DEMAND;
    if (onDemand && wanted.shards() != null) {
      throw Refusals.invalid(
          "ShardCount must not be provided when creating a stream with ON_DEMAND mode.");
    }
    if (!onDemand && wanted.shards() == null) {
      throw Refusals.invalid("ShardCount must be provided for streams with PROVISIONED mode.");
    }
    int shards = onDemand ? ON_DEMAND_SHARDS : Objects.requireNonNull(wanted.shards());
    checkShards(shards);
    checkRecordSize(wanted.maxRecordKib());
    Stream stream =
        new Stream(
            wanted.name(),
            identity.arn("kinesis", "stream/" + wanted.name()),
            wall.instant(),
            new RecordStream(shards, Duration.ofHours(wanted.hours()), wall),
            mode,
            wanted.maxRecordKib());
    stream.tags.putAll(wanted.tags());
    if (byName.putIfAbsent(wanted.name(), stream) != null) {
      throw Refusals.inUse(
          "Stream " + wanted.name() + " under account " + identity.account() + " already exists.");
    }
    return stream;
  }

  private void checkShards(int shards) {
    if (shards < 1) {
      throw Refusals.constraint(
          shards, "shardCount", "Member must have value greater than or equal to 1");
    }
    int standing = openShards();
    if (standing + shards > SHARD_LIMIT) {
      throw Refusals.limit(
          "This request would exceed the shard limit for the account "
              + identity.account()
              + " in "
              + identity.region()
              + ". Current shard count for the account: "
              + standing
              + ". Limit: "
              + SHARD_LIMIT
              + ". Number of additional shards that would have resulted from this request: "
              + shards
              + ". Refer to the AWS Service Limits page"
              + " (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for"
              + " current limits and how to request higher limits.");
    }
  }

  static void checkRecordSize(int kib) {
    if (kib < DEFAULT_RECORD_KIB || kib > MOST_RECORD_KIB) {
      throw Refusals.invalid(
          "MaxRecordSizeInKiB must be between "
              + DEFAULT_RECORD_KIB
              + " and "
              + MOST_RECORD_KIB
              + " KiB.");
    }
  }

  /**
   * The stream of a request, by its name, its ARN or both.
   *
   * @throws AwsError InvalidArgumentException for neither, ResourceNotFoundException
   */
  Stream of(@Nullable String name, @Nullable String arn) {
    String wanted = name != null ? name : arn == null ? null : nameOf(arn);
    if (wanted == null) {
      throw Refusals.invalid("Either StreamName or StreamARN should be provided.");
    }
    if (name != null && arn != null && !name.equals(nameOf(arn))) {
      throw Refusals.invalid(
          "StreamARN and StreamName together are invalid. Please provide matching values.");
    }
    Stream stream = byName.get(wanted);
    if (stream == null) {
      throw Refusals.noStream(wanted, identity.account());
    }
    return stream;
  }

  private static String nameOf(String arn) {
    return arn.substring(arn.indexOf('/') + 1);
  }

  List<Stream> all() {
    return List.copyOf(byName.values());
  }

  int openShards() {
    return byName.values().stream().mapToInt(Stream::openShards).sum();
  }

  void delete(Stream stream) {
    byName.remove(stream.name, stream);
  }
}
