package io.pipelab.local.kinesis.engine;

import java.time.Instant;

/**
 * A record in a shard.
 *
 * @param data its bytes; nobody changes them
 * @param arrival when it was put
 */
public record StoredRecord(
    String sequenceNumber, String partitionKey, byte[] data, Instant arrival) {
  /** What it counts against a shard's throughput, in bytes. */
  int size() {
    return size(partitionKey, data);
  }

  /** What a record would count, in bytes: data and partition key. */
  static int size(String partitionKey, byte[] data) {
    return data.length + partitionKey.length();
  }
}
