package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kinesis.engine.ShardView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.EnhancedMetrics;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamModeDetails;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;

/** Streams made, shown and deleted; each is ACTIVE as soon as it is made. */
final class StreamActions {
  private static final int MOST_SHARDS = 100;
  private static final int MOST_STREAMS = 100;
  private static final int ON_DEMAND_LIMIT = 50;

  private final Streams streams;

  StreamActions(Streams streams) {
    this.streams = streams;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateStreamRequest.class, this::createStream)
        .on(DeleteStreamRequest.class, this::deleteStream)
        .on(DescribeStreamRequest.class, this::describeStream)
        .on(DescribeStreamSummaryRequest.class, this::describeStreamSummary)
        .on(ListStreamsRequest.class, this::listStreams)
        .on(DescribeLimitsRequest.class, this::describeLimits);
  }

  private CreateStreamResponse createStream(CreateStreamRequest request) {
    StreamModeDetails mode = request.streamModeDetails();
    streams.create(
        new Streams.Wanted(
            request.streamName(),
            request.shardCount(),
            mode == null ? null : mode.streamMode(),
            Streams.DEFAULT_HOURS,
            Objects.requireNonNullElse(request.maxRecordSizeInKiB(), Streams.DEFAULT_RECORD_KIB),
            request.hasTags() ? request.tags() : Map.of()));
    return CreateStreamResponse.builder().build();
  }

  private DeleteStreamResponse deleteStream(DeleteStreamRequest request) {
    streams.delete(streams.of(request.streamName(), request.streamARN()));
    return DeleteStreamResponse.builder().build();
  }

  private DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    List<ShardView> behind = ShardModels.after(stream, request.exclusiveStartShardId());
    int limit = limit(request.limit(), MOST_SHARDS);
    return DescribeStreamResponse.builder()
        .streamDescription(
            description ->
                description
                    .streamName(stream.name)
                    .streamARN(stream.arn)
                    .streamStatus(StreamStatus.ACTIVE)
                    .streamModeDetails(mode(stream))
                    .shards(behind.stream().limit(limit).map(ShardModels::shard).toList())
                    .hasMoreShards(behind.size() > limit)
                    .retentionPeriodHours((int) stream.records.retention().toHours())
                    .streamCreationTimestamp(stream.created)
                    .enhancedMonitoring(noMetrics())
                    .encryptionType(EncryptionType.NONE))
        .build();
  }

  private DescribeStreamSummaryResponse describeStreamSummary(
      DescribeStreamSummaryRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    return DescribeStreamSummaryResponse.builder()
        .streamDescriptionSummary(
            summary ->
                summary
                    .streamName(stream.name)
                    .streamARN(stream.arn)
                    .streamStatus(StreamStatus.ACTIVE)
                    .streamModeDetails(mode(stream))
                    .retentionPeriodHours((int) stream.records.retention().toHours())
                    .streamCreationTimestamp(stream.created)
                    .enhancedMonitoring(noMetrics())
                    .encryptionType(EncryptionType.NONE)
                    .openShardCount(stream.openShards())
                    .consumerCount(0)
                    .maxRecordSizeInKiB(stream.maxRecordKib))
        .build();
  }

  /** No metrics by shard: AWS answers one entry that names none. */
  private static EnhancedMetrics noMetrics() {
    return EnhancedMetrics.builder().shardLevelMetrics(List.of()).build();
  }

  private ListStreamsResponse listStreams(ListStreamsRequest request) {
    String after =
        request.nextToken() != null ? request.nextToken() : request.exclusiveStartStreamName();
    List<Stream> behind =
        streams.all().stream()
            .filter(each -> after == null || each.name.compareTo(after) > 0)
            .toList();
    List<Stream> page = behind.stream().limit(limit(request.limit(), MOST_STREAMS)).toList();
    boolean more = behind.size() > page.size();
    return ListStreamsResponse.builder()
        .streamNames(page.stream().map(each -> each.name).toList())
        .hasMoreStreams(more)
        .nextToken(more ? page.get(page.size() - 1).name : null)
        .streamSummaries(page.stream().map(StreamActions::summary).toList())
        .build();
  }

  private static StreamSummary summary(Stream stream) {
    return StreamSummary.builder()
        .streamName(stream.name)
        .streamARN(stream.arn)
        .streamStatus(StreamStatus.ACTIVE)
        .streamModeDetails(mode(stream))
        .streamCreationTimestamp(stream.created)
        .build();
  }

  private DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
    long onDemand =
        streams.all().stream().filter(each -> each.mode == StreamMode.ON_DEMAND).count();
    return DescribeLimitsResponse.builder()
        .shardLimit(Streams.SHARD_LIMIT)
        .openShardCount(streams.openShards())
        .onDemandStreamCount((int) onDemand)
        .onDemandStreamCountLimit(ON_DEMAND_LIMIT)
        .build();
  }

  private static StreamModeDetails mode(Stream stream) {
    return StreamModeDetails.builder().streamMode(stream.mode).build();
  }

  private static int limit(@Nullable Integer asked, int most) {
    return asked == null ? most : Math.min(asked, most);
  }
}
