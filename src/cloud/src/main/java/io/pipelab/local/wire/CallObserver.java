package io.pipelab.local.wire;

import io.pipelab.local.kernel.Caller;
import java.time.Duration;

/** Hears of every answered API call, for logs and accounting. */
@FunctionalInterface
public interface CallObserver {
  /**
   * One answered call.
   *
   * @param service the signing name
   * @param action AWS's name of the action, or what the request asked for when there is no such
   *     action
   * @param status the HTTP status that it was answered with
   * @param took wall time
   */
  record Call(String service, String action, Caller caller, int status, Duration took) {}

  void answered(Call call);
}
