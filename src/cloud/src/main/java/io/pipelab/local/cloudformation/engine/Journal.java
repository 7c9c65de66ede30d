package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.ResourceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an update has touched: enough to roll it back, and to clean up after it. */
final class Journal {
  private final Map<String, Optional<LiveResource>> before = new LinkedHashMap<>();
  private final Map<String, ResourceRequest> attempted = new LinkedHashMap<>();
  private final List<LiveResource> displaced = new ArrayList<>();

  /** Remembers a resource as it was when it is touched for the first time; null when it is new. */
  synchronized void touch(String logicalId, @Nullable LiveResource resource) {
    before.putIfAbsent(logicalId, Optional.ofNullable(resource));
  }

  /** Remembers what a resource was asked to become in place. */
  synchronized void attempt(String logicalId, ResourceRequest request) {
    attempted.put(logicalId, request);
  }

  /** Remembers a resource that another one has replaced, and that still exists. */
  synchronized void displace(LiveResource resource) {
    displaced.add(resource);
  }

  synchronized @Nullable ResourceRequest attempted(String logicalId) {
    return attempted.get(logicalId);
  }

  /** The touched resources as they were; those that are new are left out. */
  synchronized Map<String, LiveResource> before() {
    Map<String, LiveResource> existing = new LinkedHashMap<>();
    before.forEach((id, resource) -> resource.ifPresent(each -> existing.put(id, each)));
    return existing;
  }

  /** Whether the update itself made the resource. */
  synchronized boolean isNew(String logicalId) {
    Optional<LiveResource> known = before.get(logicalId);
    return known != null && known.isEmpty();
  }

  synchronized List<LiveResource> displaced() {
    return List.copyOf(displaced);
  }
}
