package io.pipelab.local.sqs.engine;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of messages: random version 4 UUIDs, made without the lock of a secure generator. */
final class MessageIds {
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000000000000000L;

  private MessageIds() {}

  static UUID next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong() & ~0xF000L | VERSION_4, random.nextLong() >>> 2 | VARIANT);
  }
}
