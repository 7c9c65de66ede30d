package io.pipelab.local.kinesis;

import io.pipelab.local.kinesis.engine.RecordStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** A stream as the API knows it. */
final class Stream {
  final String name;
  final String arn;
  final Instant created;
  final RecordStream records;
  final Map<String, String> tags = new ConcurrentSkipListMap<>();

  volatile StreamMode mode;

  /** What a record's data may have at most, in KiB. */
  volatile int maxRecordKib;

  Stream(
      String name,
      String arn,
      Instant created,
      RecordStream records,
      StreamMode mode,
      int maxRecordKib) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.records = records;
    this.mode = mode;
    this.maxRecordKib = maxRecordKib;
  }

  int openShards() {
    return records.openShards().size();
  }
}
