package io.pipelab.local.kinesis.engine;

/**
 * Where reading of a shard goes on.
 *
 * @param sequenceNumber of a record, or of the place before the first
 * @param included whether the record of that number is read
 */
public record Position(String sequenceNumber, boolean included) {
  /** Before the oldest record that is still there. */
  public static final Position OLDEST = new Position(SequenceNumbers.LOWEST, true);

  public static Position at(String sequenceNumber) {
    return new Position(sequenceNumber, true);
  }

  public static Position after(String sequenceNumber) {
    return new Position(sequenceNumber, false);
  }

  /** Whether a record stands before this position. */
  boolean isBehind(StoredRecord record) {
    int order = record.sequenceNumber().compareTo(sequenceNumber);
    return order < 0 || (order == 0 && !included);
  }
}
