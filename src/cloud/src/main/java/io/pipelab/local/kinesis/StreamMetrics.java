package io.pipelab.local.kinesis;

import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kinesis.engine.ReadOutcome;
import java.util.Map;

/**
 * What Kinesis reports to CloudWatch in AWS/Kinesis by stream (Developer Guide, "Monitor the Amazon
 * Kinesis Data Streams service with Amazon CloudWatch").
 */
final class StreamMetrics {
  private static final String NAMESPACE = "AWS/Kinesis";

  private final Metrics metrics;

  StreamMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  void put(Stream stream, int bytes, boolean stored) {
    record(stream, "WriteProvisionedThroughputExceeded", stored ? 0 : 1, "Count");
    if (stored) {
      record(stream, "IncomingRecords", 1, "Count");
      record(stream, "IncomingBytes", bytes, "Bytes");
    }
  }

  void read(Stream stream, ReadOutcome.Batch batch) {
    long bytes = batch.records().stream().mapToLong(each -> each.data().length).sum();
    record(stream, "GetRecords.Records", batch.records().size(), "Count");
    record(stream, "GetRecords.Bytes", bytes, "Bytes");
    record(stream, "GetRecords.IteratorAgeMilliseconds", batch.millisBehind(), "Milliseconds");
    record(stream, "ReadProvisionedThroughputExceeded", 0, "Count");
  }

  void readThrottled(Stream stream) {
    record(stream, "ReadProvisionedThroughputExceeded", 1, "Count");
  }

  private void record(Stream stream, String metric, double value, String unit) {
    metrics.record(NAMESPACE, metric, Map.of("StreamName", stream.name), value, unit);
  }
}
