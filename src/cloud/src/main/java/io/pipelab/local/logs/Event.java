package io.pipelab.local.logs;

import java.nio.charset.StandardCharsets;

/**
 * One log event.
 *
 * @param ingested when it came, milliseconds since the epoch
 * @param bytes its size as CloudWatch Logs counts it: the message in UTF-8 and 26 more
 */
record Event(Position position, long ingested, String message, int bytes) {
  static final int OVERHEAD = 26;

  static Event of(Position position, long ingested, String message) {
    return new Event(position, ingested, message, size(message));
  }

  /** The size that a message will have as an event. */
  static int size(String message) {
    return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
  }

  long timestamp() {
    return position.timestamp();
  }
}
