package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.policy.Verdict;
import java.time.Instant;

/**
 * A refusal as it is kept.
 *
 * @param id of the last one of its kind
 * @param requestId of the request that it was a part of; empty for a service's own doing
 * @param time of the last one, by the cloud's clock
 * @param times how often the same was refused to the same caller
 */
record Denial(String id, String requestId, Instant time, Use use, Verdict verdict, int times) {
  /** The same once more. */
  Denial again(String newId, String newRequest, Instant now, Verdict newVerdict) {
    return new Denial(newId, newRequest, now, use, newVerdict, times + 1);
  }
}
