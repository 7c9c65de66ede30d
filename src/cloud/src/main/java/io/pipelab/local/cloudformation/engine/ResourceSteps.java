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
import org.jspecify.annotations.Nullable;
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
    Attempt attempt = new Attempt(resource, ResourceStatus.CREATE_FAILED, "Resource creation");
    return attempt.run(
        () -> {
          ResourceType type = engine.catalog().type(declaration.type());
          ResourceRequest request = request(declaration, newSuffix());
          return attempt.make(type, request, ResourceStatus.CREATE_IN_PROGRESS);
        },
        ResourceStatus.CREATE_COMPLETE);
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
      after = request(declaration, before.nameSuffix());
    } catch (AwsError e) {
      journal.touch(logicalId, old);
      stack.record(old.as(ResourceStatus.UPDATE_FAILED, e.getMessage()));
      cancellation.cancel(null);
      return false;
    }
    Set<String> changed = PropertyDiff.changed(before.properties(), after.properties());
    boolean tags = type.schema().taggable() && !before.stackTags().equals(after.stackTags());
    if (changed.isEmpty() && !tags && old.status() != ResourceStatus.UPDATE_FAILED) {
      return true;
    }
    journal.touch(logicalId, old);
    return PropertyDiff.replaces(type, changed)
        ? replace(type, old, before, declaration)
        : update(type, old, before, after);
  }

  private boolean update(
      ResourceType type, LiveResource old, ResourceRequest before, ResourceRequest after) {
    PhysicalResource current = existing(old);
    stack.journal().attempt(old.logicalId(), after);
    LiveResource resource = stack.record(old.as(ResourceStatus.UPDATE_IN_PROGRESS, null));
    Attempt attempt = new Attempt(resource, ResourceStatus.UPDATE_FAILED, "Resource update");
    return attempt.run(
        () -> {
          PhysicalResource updated = attempt.ask(type, () -> type.update(current, before, after));
          return attempt.settle(type, updated, after);
        },
        ResourceStatus.UPDATE_COMPLETE);
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
    Attempt attempt = new Attempt(resource, ResourceStatus.UPDATE_FAILED, "Resource update");
    return attempt.run(
        () -> {
          ResourceRequest request = request(declaration, newSuffix());
          PropertyDiff.checkName(type, before, request);
          return attempt.make(type, request, ResourceStatus.UPDATE_IN_PROGRESS);
        },
        ResourceStatus.UPDATE_COMPLETE);
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
    ResourceType type = engine.catalog().type(before.declaration().type());
    Attempt attempt =
        new Attempt(
            before.made(physical, attempted), ResourceStatus.UPDATE_FAILED, "Resource update");
    return attempt.run(
        () -> {
          PhysicalResource back = attempt.ask(type, () -> type.update(physical, attempted, wanted));
          return attempt.settle(type, back, wanted);
        },
        ResourceStatus.UPDATE_COMPLETE);
  }

  /** Resolves the properties with the resources as they stand. */
  private ResourceRequest request(ResourceDeclaration declaration, String suffix) {
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

  /** One try at one resource: what went wrong becomes its last event. */
  private final class Attempt {
    /** What is done; returns the resource as it is then. */
    interface Body {
      LiveResource run() throws InterruptedException;
    }

    /** A call of a resource type. */
    interface Call {
      PhysicalResource run();
    }

    private final ResourceStatus failure;
    private final String what;
    private LiveResource latest;
    private @Nullable ResourceType asked;

    Attempt(LiveResource resource, ResourceStatus failure, String what) {
      this.latest = resource;
      this.failure = failure;
      this.what = what;
    }

    boolean run(Body body, ResourceStatus success) {
      String reason;
      try {
        LiveResource made = body.run();
        if (!cancellation.requested()) {
          stack.record(made.as(success, null));
          return true;
        }
        reason = what + " cancelled";
      } catch (InterruptedException e) {
        reason = what + " cancelled";
      } catch (RuntimeException | Error e) {
        reason = cancellation.requested() ? what + " cancelled" : words(e);
      }
      stack.record(latest.as(failure, reason));
      cancellation.cancel(null);
      return false;
    }

    private String words(Throwable failure) {
      return asked == null && failure instanceof AwsError
          ? String.valueOf(failure.getMessage())
          : FailureReason.of(asked == null ? engine.catalog().type(type()) : asked, failure);
    }

    private String type() {
      return latest.declaration().type();
    }

    PhysicalResource ask(ResourceType type, Call call) {
      asked = type;
      return call.run();
    }

    LiveResource make(ResourceType type, ResourceRequest request, ResourceStatus during)
        throws InterruptedException {
      LiveResource before = latest;
      PhysicalResource made = ask(type, () -> type.create(request));
      if (made.physicalId().equals(before.physicalId())) {
        // The type changed what there was after all: deleting the old one would delete this.
        stack.journal().attempt(before.logicalId(), request);
      } else if (before.physical() != null) {
        stack.journal().displace(before);
      }
      latest = stack.record(before.made(made, request).as(during, "Resource creation Initiated"));
      return settle(type, made, request);
    }

    LiveResource settle(ResourceType type, PhysicalResource made, ResourceRequest request)
        throws InterruptedException {
      PhysicalResource stable = cancellation.await(() -> type.awaitStable(made, request));
      latest = latest.made(stable, request);
      return latest;
    }
  }
}
