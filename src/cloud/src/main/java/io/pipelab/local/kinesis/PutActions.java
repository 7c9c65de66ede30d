package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.RecordStreams;
import io.pipelab.local.kinesis.engine.HashRange;
import io.pipelab.local.kinesis.engine.PutOutcome;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Records put into a stream, one by one or up to 500 at once. */
final class PutActions implements RecordStreams {
  private static final int KIB = 1024;

  /** What a PutRecords request may have, partition keys included (API reference, PutRecords). */
  private static final long MOST_TOGETHER = 10L << 20;

  private final Streams streams;
  private final StreamMetrics metrics;

  PutActions(Streams streams, StreamMetrics metrics) {
    this.streams = streams;
    this.metrics = metrics;
  }

  void addTo(Actions actions) {
    actions
        .on(PutRecordRequest.class, this::putRecord)
        .on(PutRecordsRequest.class, this::putRecords);
  }

  private PutRecordResponse putRecord(PutRecordRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    checkSize(stream, request.data(), "data");
    BigInteger hash = hash(request.explicitHashKey());
    PutOutcome put = put(stream, request.partitionKey(), hash, request.data());
    if (put instanceof PutOutcome.Stored stored) {
      return PutRecordResponse.builder()
          .shardId(stored.shardId())
          .sequenceNumber(stored.sequenceNumber())
          .build();
    }
    throw Refusals.throttled(put.shardId(), stream.name, streams.identity.account());
  }

  @Override
  public void put(String streamArn, String partitionKey, byte[] data) {
    Stream stream = streams.of(null, streamArn);
    SdkBytes bytes = SdkBytes.fromByteArray(data);
    checkSize(stream, bytes, "data");
    if (put(stream, partitionKey, null, bytes) instanceof PutOutcome.Throttled throttled) {
      throw Refusals.throttled(throttled.shardId(), stream.name, streams.identity.account());
    }
  }

  private PutRecordsResponse putRecords(PutRecordsRequest request) {
    Stream stream = streams.of(request.streamName(), request.streamARN());
    List<PutRecordsRequestEntry> entries = request.records();
    check(stream, entries);
    List<BigInteger> hashes = entries.stream().map(each -> hashOf(each)).toList();
    PutRecordsResultEntry[] results = new PutRecordsResultEntry[entries.size()];
    int failed = 0;
    for (int i = 0; i < results.length; i++) {
      PutRecordsRequestEntry entry = entries.get(i);
      PutOutcome put = put(stream, entry.partitionKey(), hashes.get(i), entry.data());
      results[i] = result(stream, put);
      failed += put instanceof PutOutcome.Throttled ? 1 : 0;
    }
    return PutRecordsResponse.builder()
        .failedRecordCount(failed)
        .records(results)
        .encryptionType(EncryptionType.NONE)
        .build();
  }

  private static void check(Stream stream, List<PutRecordsRequestEntry> entries) {
    long together = 0;
    for (int i = 0; i < entries.size(); i++) {
      PutRecordsRequestEntry entry = entries.get(i);
      checkSize(stream, entry.data(), "records." + (i + 1) + ".member.data");
      together += entry.data().asByteArrayUnsafe().length + entry.partitionKey().length();
    }
    if (together > MOST_TOGETHER) {
      throw Refusals.invalid("Records size exceeds " + (MOST_TOGETHER >> 20) + " MB limit");
    }
  }

  private static void checkSize(Stream stream, SdkBytes data, String member) {
    int most = stream.maxRecordKib * KIB;
    int length = data.asByteArrayUnsafe().length;
    if (length > most) {
      throw Refusals.constraint(
          "java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]",
          member,
          "Member must have length less than or equal to " + most);
    }
  }

  private PutOutcome put(Stream stream, String key, @Nullable BigInteger hash, SdkBytes data) {
    PutOutcome put = stream.records.put(key, hash, data.asByteArray());
    metrics.put(stream, data.asByteArrayUnsafe().length, put instanceof PutOutcome.Stored);
    return put;
  }

  private PutRecordsResultEntry result(Stream stream, PutOutcome put) {
    if (put instanceof PutOutcome.Stored stored) {
      return PutRecordsResultEntry.builder()
          .shardId(stored.shardId())
          .sequenceNumber(stored.sequenceNumber())
          .build();
    }
    return PutRecordsResultEntry.builder()
        .errorCode("ProvisionedThroughputExceededException")
        .errorMessage(Refusals.rate(put.shardId(), stream.name, streams.identity.account()))
        .build();
  }

  private static BigInteger hashOf(PutRecordsRequestEntry entry) {
    BigInteger explicit = hash(entry.explicitHashKey());
    return explicit == null ? HashRange.hash(entry.partitionKey()) : explicit;
  }

  private static @Nullable BigInteger hash(@Nullable String explicit) {
    if (explicit == null) {
      return null;
    }
    BigInteger hash = new BigInteger(explicit);
    if (!HashRange.ALL.contains(hash)) {
      throw Refusals.invalid(
          "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified"
              + " value was "
              + explicit);
    }
    return hash;
  }
}
