package io.pipelab.verify.check;

import io.pipelab.target.AwsClients;
import io.pipelab.verify.load.LoadRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a check looks through.
 *
 * @param time the target's time ({@code TargetTime})
 * @param loads the loads of the lab since it was put up, the oldest first
 */
public record CheckScope(AwsClients clients, Supplier<Instant> time, List<LoadRecord> loads) {
  /** The target's time now. */
  public Instant now() {
    return time.get();
  }

  /** The load that the checks are about: the last one. */
  public Optional<LoadRecord> load() {
    return loads.isEmpty() ? Optional.empty() : Optional.of(loads.get(loads.size() - 1));
  }
}
