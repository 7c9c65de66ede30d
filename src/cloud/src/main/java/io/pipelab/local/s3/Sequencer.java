package io.pipelab.local.s3;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers changes of objects, so that consumers of events can tell the later of two. */
final class Sequencer {
  private static final AtomicLong LAST = new AtomicLong(System.currentTimeMillis() << 16);

  private Sequencer() {}

  /** Eighteen hexadecimal digits, greater than all before. */
  static String next() {
    return String.format(Locale.ROOT, "%018X", LAST.incrementAndGet());
  }
}
