package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Kinesis with AWS's client, which speaks CBOR to it. */
@Timeout(120)
final class KinesisIT {
  private final TestCloud cloud;
  private final KinesisClient kinesis;

  KinesisIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
    this.kinesis = cloud.client(KinesisClient.builder());
  }

  @AfterEach
  void close() {
    kinesis.close();
    cloud.close();
  }

  private void create(String name, int shards) {
    kinesis.createStream(r -> r.streamName(name).shardCount(shards));
  }

  private String iterator(String stream, String shard, ShardIteratorType type) {
    return kinesis
        .getShardIterator(r -> r.streamName(stream).shardId(shard).shardIteratorType(type))
        .shardIterator();
  }

  private List<String> texts(String iterator) {
    return kinesis.getRecords(r -> r.shardIterator(iterator)).records().stream()
        .map(each -> each.data().asUtf8String())
        .toList();
  }

  private static String refused(String code, Executable call) {
    KinesisException refused = assertThrows(KinesisException.class, call);
    assertEquals(code, refused.awsErrorDetails().errorCode());
    return refused.awsErrorDetails().errorMessage();
  }

  @Test
  void recordsComeBackInOrderByShard() {
    create("orders", 4);
    Instant before = Instant.now().minusSeconds(1);
    Map<String, List<String>> put = new HashMap<>();
    for (int batch = 0; batch < 10; batch++) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = batch + "-" + i;
        entries.add(
            PutRecordsRequestEntry.builder()
                .partitionKey("key-" + i)
                .data(SdkBytes.fromUtf8String(text))
                .build());
      }
      PutRecordsResponse response =
          kinesis.putRecords(r -> r.streamName("orders").records(entries));
      assertEquals(0, response.failedRecordCount());
      for (int i = 0; i < 50; i++) {
        put.computeIfAbsent(response.records().get(i).shardId(), each -> new ArrayList<>())
            .add(entries.get(i).data().asUtf8String());
      }
    }
    put.forEach(
        (shard, texts) ->
            assertEquals(texts, texts(iterator("orders", shard, ShardIteratorType.TRIM_HORIZON))));
    String shard = put.keySet().iterator().next();
    GetRecordsResponse some =
        kinesis.getRecords(
            r ->
                r.shardIterator(iterator("orders", shard, ShardIteratorType.TRIM_HORIZON))
                    .limit(2));
    Record second = some.records().get(1);
    assertTrue(second.approximateArrivalTimestamp().isAfter(before));
    assertEquals(put.get(shard).subList(2, put.get(shard).size()), texts(some.nextShardIterator()));
    String at =
        kinesis
            .getShardIterator(
                r ->
                    r.streamName("orders")
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(before))
            .shardIterator();
    assertEquals(put.get(shard), texts(at));
  }

  @Test
  void aStreamIsDescribedAndDeleted() {
    create("one", 2);
    StreamDescription one = kinesis.describeStream(r -> r.streamName("one")).streamDescription();
    assertEquals(StreamStatus.ACTIVE, one.streamStatus());
    assertEquals("arn:aws:kinesis:us-east-1:000000000000:stream/one", one.streamARN());
    assertEquals(24, one.retentionPeriodHours());
    assertEquals(
        List.of("shardId-000000000000", "shardId-000000000001"),
        one.shards().stream().map(Shard::shardId).toList());
    assertEquals("0", one.shards().get(0).hashKeyRange().startingHashKey());
    assertFalse(one.hasMoreShards());
    assertEquals(
        "Stream one under account 000000000000 already exists.",
        refused("ResourceInUseException", () -> create("one", 1)));
    assertEquals(
        2,
        kinesis
            .describeStreamSummary(r -> r.streamARN(one.streamARN()))
            .streamDescriptionSummary()
            .openShardCount());
    kinesis.deleteStream(r -> r.streamName("one"));
    assertEquals(
        "Stream one under account 000000000000 not found.",
        refused(
            "ResourceNotFoundException", () -> kinesis.describeStream(r -> r.streamName("one"))));
    assertEquals(List.of(), kinesis.listStreams().streamNames());
  }

  @Test
  void aThrottledRecordIsNamedInItsBatch() {
    create("slow", 1);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      entries.add(
          PutRecordsRequestEntry.builder()
              .partitionKey("k")
              .data(SdkBytes.fromByteArray(new byte[700 * 1024]))
              .build());
    }
    PutRecordsResponse response = kinesis.putRecords(r -> r.streamName("slow").records(entries));
    assertEquals(2, response.failedRecordCount());
    assertNull(response.records().get(0).errorCode());
    assertEquals("ProvisionedThroughputExceededException", response.records().get(1).errorCode());
    assertEquals(
        "Rate exceeded for shard shardId-000000000000 in stream slow under account 000000000000.",
        response.records().get(2).errorMessage());
  }

  @Test
  void shardsAreMadeMoreAndFewer() {
    create("grow", 2);
    kinesis.updateShardCount(
        r -> r.streamName("grow").targetShardCount(4).scalingType(ScalingType.UNIFORM_SCALING));
    List<Shard> shards = kinesis.listShards(r -> r.streamName("grow")).shards();
    assertEquals(6, shards.size());
    assertEquals(
        4,
        shards.stream()
            .filter(each -> each.sequenceNumberRange().endingSequenceNumber() == null)
            .count());
    assertEquals(
        "UpdateShardCount cannot scale up over double your current open shard count. Current open"
            + " shard count: 4 Target shard count: 9",
        refused(
            "InvalidArgumentException",
            () ->
                kinesis.updateShardCount(
                    r ->
                        r.streamName("grow")
                            .targetShardCount(9)
                            .scalingType(ScalingType.UNIFORM_SCALING))));
    GetRecordsResponse end =
        kinesis.getRecords(
            r ->
                r.shardIterator(
                    iterator("grow", "shardId-000000000000", ShardIteratorType.TRIM_HORIZON)));
    assertNull(end.nextShardIterator());
    assertEquals(2, end.childShards().size());
  }

  @Test
  void aStackHasAStream() {
    cloud.stack(
        "streams",
        """
        {"Resources": {"Orders": {"Type": "AWS::Kinesis::Stream", "Properties":
          {"ShardCount": 2, "RetentionPeriodHours": 48, "Tags": [{"Key": "lab", "Value": "x"}]}}},
         "Outputs": {"Name": {"Value": {"Ref": "Orders"}}}}
        """);
    String name = kinesis.listStreams().streamNames().get(0);
    assertTrue(name.startsWith("streams-Orders-"), name);
    assertEquals(
        48,
        kinesis.describeStream(r -> r.streamName(name)).streamDescription().retentionPeriodHours());
    assertEquals("x", kinesis.listTagsForStream(r -> r.streamName(name)).tags().get(0).value());
  }

  @Test
  void whatIsNotImplementedFailsByName() {
    create("plain", 1);
    String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/plain";
    assertTrue(
        refused(
                "NotImplemented",
                () -> kinesis.registerStreamConsumer(r -> r.streamARN(arn).consumerName("fan")))
            .contains("RegisterStreamConsumer"));
  }
}
