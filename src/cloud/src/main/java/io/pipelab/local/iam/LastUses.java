package io.pipelab.local.iam;

import io.pipelab.local.kernel.CloudClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When roles and access keys were used last, by their ids. */
final class LastUses {
  /** One use. */
  record Use(Instant at, String service, String region) {}

  private final Map<String, Use> byId = new ConcurrentHashMap<>();
  private final CloudClock clock;

  LastUses(CloudClock clock) {
    this.clock = clock;
  }

  void note(String id, String service, String region) {
    byId.put(id, new Use(clock.now(), service, region));
  }

  Optional<Use> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void forget(String id) {
    byId.remove(id);
  }
}
