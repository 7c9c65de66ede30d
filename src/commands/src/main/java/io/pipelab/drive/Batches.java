package io.pipelab.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Cuts a load into batches: ten messages at most, and within the byte limit of one request. */
final class Batches {
  static final int MOST_ENTRIES = 10;

  /** 256 KiB: what every SQS-compatible endpoint takes (AWS itself takes 1 MiB since 2025). */
  static final int MOST_BYTES = 262_144;

  private final String runId;
  private final long count;
  private final LongFunction<String> bodies;
  private long taken;
  private @Nullable Outgoing held;

  Batches(String runId, long count, LongFunction<String> bodies) {
    this.runId = runId;
    this.count = count;
    this.bodies = bodies;
  }

  /** The next batch; empty when the load is over. Callers on several threads each get their own. */
  synchronized List<Outgoing> next() {
    List<Outgoing> batch = new ArrayList<>(MOST_ENTRIES);
    int bytes = 0;
    while (batch.size() < MOST_ENTRIES) {
      Outgoing message = held == null ? draw() : held;
      held = null;
      if (message == null) {
        break;
      }
      if (!batch.isEmpty() && bytes + message.size() > MOST_BYTES) {
        held = message;
        break;
      }
      bytes += message.size();
      batch.add(message);
    }
    return batch;
  }

  private @Nullable Outgoing draw() {
    if (taken == count) {
      return null;
    }
    long index = taken++;
    return new Outgoing(runId, index + 1, bodies.apply(index));
  }
}
