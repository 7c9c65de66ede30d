package io.pipelab.local.kernel;

/** Port to Kinesis: how rules put records into streams. */
public interface RecordStreams {
  /**
   * Puts a record.
   *
   * @throws AwsError ResourceNotFoundException, or ProvisionedThroughputExceededException when the
   *     shard has taken what it takes in a second
   */
  void put(String streamArn, String partitionKey, byte[] data);
}
