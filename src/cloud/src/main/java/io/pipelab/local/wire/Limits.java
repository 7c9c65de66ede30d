package io.pipelab.local.wire;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the gateway's callers may take of it.
 *
 * @param threads for work, not for waits: those hold none ({@code AsyncAction})
 * @param waitingBytes of all bodies together that are in memory at once
 * @param patience how long a body may take to arrive; one that goes to a file, each piece of it
 * @param folder where large bodies wait that go to a file; created if missing
 */
public record Limits(int threads, long waitingBytes, Duration patience, Path folder) {
  /** Of the heap, which holds what services make of the bodies, too. */
  private static final int HEAP_SHARE = 4;

  /** What the cloud runs with. */
  public static Limits of(Path folder) {
    long bytes = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return new Limits(300, bytes, Duration.ofSeconds(20), folder);
  }
}
