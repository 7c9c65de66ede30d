package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.policy.Verdict;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A refusal as it is kept.
 *
 * @param id letters and digits, as AWS's authorization ids are
 * @param requestId of the request that it was a part of; empty for a service's own doing
 */
record Denial(String id, String requestId, Instant time, Use use, Verdict verdict) {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 20;

  static Denial of(Use use, String requestId, Instant time, Verdict verdict) {
    // Nothing is secret about the id: who may not read denials cannot reach the cloud at all.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new Denial(id.toString(), requestId, time, use, verdict);
  }
}
