package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kinesis.engine.Position;
import io.pipelab.local.kinesis.engine.ReadOutcome;
import io.pipelab.local.kinesis.engine.SequenceNumbers;
import io.pipelab.local.kinesis.engine.StoredRecord;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Iterators, and the records behind them. */
final class ReadActions {
  private static final int MOST_RECORDS = 10_000;

  private final Streams streams;
  private final ShardIterators iterators;
  private final StreamMetrics metrics;

  ReadActions(Streams streams, ShardIterators iterators, StreamMetrics metrics) {
    this.streams = streams;
    this.iterators = iterators;
    this.metrics = metrics;
  }

  void addTo(Actions actions) {
    actions
        .on(GetShardIteratorRequest.class, this::getShardIterator)
        .on(GetRecordsRequest.class, this::getRecords);
  }

  private GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    String shardId = request.shardId();
    if (stream.records.shard(shardId).isEmpty()) {
      throw noShard(stream, shardId);
    }
    return GetShardIteratorResponse.builder()
        .shardIterator(iterators.write(place(stream, shardId, position(stream, request))))
        .build();
  }

  private static ShardIterators.Place place(Stream stream, String shardId, Position position) {
    return new ShardIterators.Place(stream.name, stream.created.toEpochMilli(), shardId, position);
  }

  private Position position(Stream stream, GetShardIteratorRequest request) {
    String shardId = request.shardId();
    ShardIteratorType type = request.shardIteratorType();
    if (type == ShardIteratorType.AT_TIMESTAMP) {
      if (request.timestamp() == null) {
        throw Refusals.invalid(
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current"
                + " request has no timestamp parameter.");
      }
      return stream.records.since(shardId, request.timestamp()).orElseThrow(gone(stream, shardId));
    }
    checkNumber(type, request.startingSequenceNumber());
    return switch (type) {
      case TRIM_HORIZON -> Position.OLDEST;
      case LATEST -> stream.records.newest(shardId).orElseThrow(gone(stream, shardId));
      case AT_SEQUENCE_NUMBER -> Position.at(number(stream, request));
      case AFTER_SEQUENCE_NUMBER -> Position.after(number(stream, request));
      default -> throw new IllegalStateException("the model has no " + type);
    };
  }

  private static void checkNumber(ShardIteratorType type, @Nullable String number) {
    boolean wanted =
        type == ShardIteratorType.AT_SEQUENCE_NUMBER
            || type == ShardIteratorType.AFTER_SEQUENCE_NUMBER;
    if (wanted != (number != null)) {
      throw Refusals.invalid(
          "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
              + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no"
              + " StartingSequenceNumber. Request specified "
              + type
              + (wanted
                  ? " and no StartingSequenceNumber."
                  : " and also a StartingSequenceNumber."));
    }
  }

  private String number(Stream stream, GetShardIteratorRequest request) {
    String number = Objects.requireNonNull(request.startingSequenceNumber());
    if (!SequenceNumbers.isOne(number)) {
      throw Refusals.invalid(
          "StartingSequenceNumber "
              + number
              + " used in GetShardIterator on shard "
              + request.shardId()
              + " in stream "
              + stream.name
              + " under account "
              + streams.identity.account()
              + " is invalid.");
    }
    String shard = String.format("shardId-%012d", SequenceNumbers.shard(number));
    if (!shard.equals(request.shardId())) {
      throw Refusals.invalid(
          "Invalid StartingSequenceNumber. It encodes "
              + shard
              + ", while it was used in a call to a shard with "
              + request.shardId());
    }
    return number;
  }

  private GetRecordsResponse getRecords(GetRecordsRequest request) {
    ShardIterators.Place place = iterators.read(request.shardIterator());
    Stream stream = streams.of(place.streamName(), request.streamARN());
    if (stream.created.toEpochMilli() != place.created()) {
      throw Refusals.noStream(stream.name, streams.identity.account());
    }
    int limit = Objects.requireNonNullElse(request.limit(), MOST_RECORDS);
    ReadOutcome read = stream.records.read(place.shardId(), place.position(), limit);
    if (read instanceof ReadOutcome.Batch batch) {
      metrics.read(stream, batch);
      return answer(stream, place.shardId(), batch);
    }
    if (read instanceof ReadOutcome.Throttled) {
      metrics.readThrottled(stream);
      throw Refusals.throttled(place.shardId(), stream.name, streams.identity.account());
    }
    throw noShard(stream, place.shardId());
  }

  private GetRecordsResponse answer(Stream stream, String shardId, ReadOutcome.Batch batch) {
    Position next = batch.next();
    return GetRecordsResponse.builder()
        .records(batch.records().stream().map(ReadActions::model).toList())
        .nextShardIterator(next == null ? null : iterators.write(place(stream, shardId, next)))
        .millisBehindLatest(batch.millisBehind())
        .childShards(
            batch.children().isEmpty()
                ? null
                : batch.children().stream().map(ShardModels::child).toList())
        .build();
  }

  private static Record model(StoredRecord record) {
    return Record.builder()
        .sequenceNumber(record.sequenceNumber())
        .approximateArrivalTimestamp(record.arrival())
        .data(SdkBytes.fromByteArrayUnsafe(record.data()))
        .partitionKey(record.partitionKey())
        .build();
  }

  private Supplier<AwsError> gone(Stream stream, String shardId) {
    return () -> noShard(stream, shardId);
  }

  private AwsError noShard(Stream stream, String shardId) {
    return AwsError.badRequest(
        "ResourceNotFoundException",
        "Shard "
            + shardId
            + " in stream "
            + stream.name
            + " under account "
            + streams.identity.account()
            + " does not exist");
  }
}
