package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Graph;
import io.pipelab.local.cloudformation.template.RemovalPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** Deletes resources in the reverse order of their dependencies. */
final class Removal {
  /** What is left to see of a resource that is gone. */
  enum Record {
    /** The stack goes on listing it as deleted. */
    KEEP,
    /** Only its events tell of it. */
    FORGET
  }

  private final Engine engine;
  private final LiveStack stack;
  private final Record record;
  private final Function<LiveResource, RemovalPolicy> policies;
  private final boolean force;

  /**
   * A removal.
   *
   * @param policies what becomes of each resource
   * @param force whether a resource that cannot be deleted is left behind instead of failing
   */
  Removal(
      Engine engine,
      LiveStack stack,
      Record record,
      Function<LiveResource, RemovalPolicy> policies,
      boolean force) {
    this.engine = engine;
    this.stack = stack;
    this.record = record;
    this.policies = policies;
    this.force = force;
  }

  /** Deletes them; returns the logical ids of those that could not be deleted. */
  Set<String> run(List<LiveResource> doomed) throws InterruptedException {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    stack.resources().forEach(each -> needs.put(each.logicalId(), each.needs()));
    doomed.forEach(each -> needs.put(each.logicalId(), each.needs()));
    Map<String, List<LiveResource>> byId = new LinkedHashMap<>();
    for (LiveResource resource : doomed) {
      byId.computeIfAbsent(resource.logicalId(), key -> new ArrayList<>()).add(resource);
    }
    Graph order = Graph.of(needs).withoutCycles().among(byId.keySet()).reversed();
    return Walk.run(
        order,
        engine.workers(),
        () -> false,
        id ->
            byId.getOrDefault(id, List.of()).stream()
                .map(this::delete)
                .reduce(true, (a, b) -> a && b));
  }

  private boolean delete(LiveResource resource) {
    PhysicalResource physical = resource.physical();
    ResourceRequest request = resource.request();
    if (physical == null || request == null) {
      gone(resource, ResourceStatus.DELETE_COMPLETE, null);
      return true;
    }
    RemovalPolicy policy = policies.apply(resource);
    if (policy.keeps()) {
      gone(resource, ResourceStatus.DELETE_SKIPPED, null);
      return true;
    }
    LiveResource deleting = show(resource.as(ResourceStatus.DELETE_IN_PROGRESS, null));
    ResourceType type = engine.catalog().type(resource.declaration().type());
    try {
      if (policy == RemovalPolicy.SNAPSHOT) {
        type.deleteLeavingSnapshot(physical, request);
      } else {
        type.delete(physical, request);
      }
    } catch (RuntimeException | Error e) {
      String reason = request.concealed(FailureReason.of(type, e));
      if (force) {
        gone(deleting, ResourceStatus.DELETE_SKIPPED, reason);
        return true;
      }
      show(deleting.as(ResourceStatus.DELETE_FAILED, reason));
      return false;
    }
    gone(deleting, ResourceStatus.DELETE_COMPLETE, null);
    return true;
  }

  private void gone(LiveResource resource, ResourceStatus status, @Nullable String reason) {
    show(resource.as(status, reason));
    if (record == Record.FORGET) {
      stack.forget(resource);
    }
  }

  private LiveResource show(LiveResource resource) {
    return record == Record.KEEP ? stack.record(resource) : stack.announce(resource);
  }
}
