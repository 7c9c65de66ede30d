package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.ResourceDeclaration;
import io.pipelab.local.kernel.AwsError;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** Creates and updates single resources of a deployment, with the events that AWS shows for it. */
final class ResourceSteps {
  private static final String SUFFIX_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Engine engine;
  private final LiveStack stack;
  private final Deployment deployment;
  private final Cancellation cancellation;

  ResourceSteps(Engine engine, LiveStack stack, Deployment deployment, Cancellation cancellation) {
    this.engine = engine;
    this.stack = stack;
    this.deployment = deployment;
    this.cancellation = cancellation;
  }

  /** Creates a resource; false when it failed, or when the operation was cancelled. */
  boolean create(String logicalId) {
    ResourceDeclaration declaration = declaration(logicalId);
    LiveResource resource = stack.record(LiveResource.fresh(declaration, needs(logicalId)));
    Attempt attempt =
        new Attempt(
            engine,
            stack,
            cancellation,
            resource,
            ResourceStatus.CREATE_COMPLETE,
            ResourceStatus.CREATE_FAILED,
            "Resource creation");
    return attempt.run(
        new Making(
            stack, () -> resolved(declaration, newSuffix()), ResourceStatus.CREATE_IN_PROGRESS));
  }

  /** Creates, updates, replaces or leaves alone; false when it failed or was cancelled. */
  boolean apply(String logicalId) {
    LiveResource old = stack.resource(logicalId);
    Journal journal = stack.journal();
    if (old == null || old.request() == null || old.status() == ResourceStatus.CREATE_FAILED) {
      if (old != null && old.physical() != null) {
        journal.displace(old);
      }
      journal.touch(logicalId, null);
      return create(logicalId);
    }
    ResourceDeclaration declaration = declaration(logicalId);
    ResourceType type = engine.catalog().type(declaration.type());
    ResourceRequest before = old.request();
    ResourceRequest after;
    try {
      after = declared(declaration, before.nameSuffix());
    } catch (AwsError e) {
      journal.touch(logicalId, old);
      stack.record(old.as(ResourceStatus.UPDATE_FAILED, e.getMessage()));
      cancellation.cancel(null);
      return false;
    }
    Set<String> changed = PropertyDiff.changed(before.origin().declared(), after.properties());
    boolean tags = type.schema().taggable() && !before.stackTags().equals(after.stackTags());
    if (changed.isEmpty() && !tags && old.status() != ResourceStatus.UPDATE_FAILED) {
      return true;
    }
    journal.touch(logicalId, old);
    return PropertyDiff.replaces(type, changed)
        ? replace(type, old, before, declaration)
        : update(old, before, after);
  }

  private Attempt updating(LiveResource resource) {
    return new Attempt(
        engine,
        stack,
        cancellation,
        resource,
        ResourceStatus.UPDATE_COMPLETE,
        ResourceStatus.UPDATE_FAILED,
        "Resource update");
  }

  private boolean update(LiveResource old, ResourceRequest before, ResourceRequest after) {
    PhysicalResource current = existing(old);
    LiveResource resource = stack.record(old.as(ResourceStatus.UPDATE_IN_PROGRESS, null));
    return updating(resource)
        .run(
            new InPlace(
                current,
                before,
                () -> {
                  ResourceRequest resolved = engine.dynamicValues().resolved(after);
                  stack.journal().attempt(old.logicalId(), resolved);
                  return resolved;
                }));
  }

  private boolean replace(
      ResourceType type,
      LiveResource old,
      ResourceRequest before,
      ResourceDeclaration declaration) {
    LiveResource resource =
        stack.record(
            old.as(
                ResourceStatus.UPDATE_IN_PROGRESS,
                "Requested update requires the creation of a new physical resource; hence"
                    + " creating one."));
    return updating(resource)
        .run(
            new Making(
                stack,
                () -> {
                  ResourceRequest request = resolved(declaration, newSuffix());
                  PropertyDiff.checkName(type, before, request);
                  return request;
                },
                ResourceStatus.UPDATE_IN_PROGRESS));
  }

  /** Puts a resource back to what it was before the update; false when that failed. */
  boolean restore(LiveResource before) {
    LiveResource now = stack.resource(before.logicalId());
    LiveResource current = now == null ? before : now;
    stack.record(before.as(ResourceStatus.UPDATE_IN_PROGRESS, null));
    PhysicalResource physical = existing(current);
    ResourceRequest wanted = before.request();
    ResourceRequest attempted = stack.journal().attempted(before.logicalId());
    boolean sameResource = current.physicalId().equals(before.physicalId());
    if (!sameResource || wanted == null || attempted == null) {
      stack.record(before.as(ResourceStatus.UPDATE_COMPLETE, null));
      return true;
    }
    return updating(before.made(physical, attempted))
        .run(new InPlace(physical, attempted, () -> wanted));
  }

  /** The same with values in the place of dynamic references. */
  private ResourceRequest resolved(ResourceDeclaration declaration, String suffix) {
    return engine.dynamicValues().resolved(declared(declaration, suffix));
  }

  /** Resolves the properties with the resources as they stand; dynamic references stay. */
  private ResourceRequest declared(ResourceDeclaration declaration, String suffix) {
    ObjectNode properties =
        deployment.plan().properties(declaration, new LiveValues(stack), engine.exports()::value);
    for (String required : required(declaration)) {
      if (!properties.has(required)) {
        throw Invalid.request(
            "Properties validation failed for resource "
                + declaration.logicalId()
                + " with message:\n#: required key ["
                + required
                + "] not found");
      }
    }
    return new ResourceRequest(
        stack.id(), stack.name(), declaration.logicalId(), properties, deployment.tags(), suffix);
  }

  private Set<String> required(ResourceDeclaration declaration) {
    return new TreeSet<>(engine.catalog().type(declaration.type()).schema().required());
  }

  private ResourceDeclaration declaration(String logicalId) {
    return Objects.requireNonNull(deployment.plan().resources().get(logicalId));
  }

  private Set<String> needs(String logicalId) {
    Map<String, Set<String>> needs = deployment.plan().graph().needs();
    return needs.getOrDefault(logicalId, Set.of());
  }

  private static PhysicalResource existing(LiveResource resource) {
    if (resource.physical() == null) {
      throw new IllegalStateException(resource.logicalId() + " does not exist");
    }
    return resource.physical();
  }

  private static String newSuffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      suffix.append(SUFFIX_CHARACTERS.charAt(RANDOM.nextInt(SUFFIX_CHARACTERS.length())));
    }
    return suffix.toString();
  }
}
