package io.pipelab.functions.consumer;

/**
 * What became of the messages that one consumer saw.
 *
 * @param stored written to the table and deleted from the queue
 * @param refused no decimal number: left to come back and to end in the dead-letter queue
 * @param failed not stored, or stored but not deleted, by an error that may pass: left to come back
 */
record Totals(int stored, int refused, int failed) {
  static final Totals NONE = new Totals(0, 0, 0);

  Totals plus(Totals more) {
    return new Totals(stored + more.stored, refused + more.refused, failed + more.failed);
  }

  Totals plus(Outcome outcome) {
    return switch (outcome) {
      case STORED -> new Totals(stored + 1, refused, failed);
      case REFUSED -> new Totals(stored, refused + 1, failed);
      case FAILED -> new Totals(stored, refused, failed + 1);
    };
  }

  /** {@code stored 125, refused 0, failed 0}. */
  @Override
  public String toString() {
    return "stored " + stored + ", refused " + refused + ", failed " + failed;
  }

  /** What became of one message. */
  enum Outcome {
    STORED,
    REFUSED,
    FAILED
  }
}
