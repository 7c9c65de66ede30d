package io.pipelab.verify.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the parts of a lab were made, as far as it is known: what was sent before went into others
 * of the same name.
 *
 * @param byId a queue's URL, a bucket's name
 */
public record Births(Map<String, Instant> byId) {
  /** Of a lab whose records go when it goes. */
  public static final Births UNKNOWN = new Births(Map.of());

  /** Whether what was sent at that time went into the part that is there now. */
  boolean isOf(String id, Instant sent) {
    // The target's time is known by the second.
    @Nullable Instant born = byId.get(id);
    return born == null || !sent.isBefore(born.truncatedTo(ChronoUnit.SECONDS));
  }
}
