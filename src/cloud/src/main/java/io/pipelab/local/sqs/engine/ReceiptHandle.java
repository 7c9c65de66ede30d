package io.pipelab.local.sqs.engine;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A receipt handle: one receive of one message of one queue. It says so itself, so that a queue
 * remembers nothing of handles that are no longer of use.
 *
 * @param queue the queue's key, which no other queue has
 * @param serial the message's number in the queue
 * @param receive which receive of the message it was
 */
record ReceiptHandle(long queue, long serial, int receive) {
  private static final int BYTES = 20;
  private static final int LENGTH = 28;

  String text() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES).putLong(queue).putLong(serial).putInt(receive).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads a handle, or null when the text is none. */
  static @Nullable ReceiptHandle parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return new ReceiptHandle(bytes.getLong(), bytes.getLong(), bytes.getInt());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
