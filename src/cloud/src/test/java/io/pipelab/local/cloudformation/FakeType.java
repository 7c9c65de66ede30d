package io.pipelab.local.cloudformation;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A resource type that makes nothing but notes. Its {@code Fixed} property needs replacement,
 * {@code FakeName} too; {@code Free} is changed in place.
 */
final class FakeType implements ResourceType {
  /** What was done, for example {@code create A}, {@code update A}, {@code delete A}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** The properties of each physical resource that exists. */
  final Map<String, String> existing = new ConcurrentHashMap<>();

  /** Calls that fail, as in {@link #calls}. */
  final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** Calls that fail with all properties in their message, as in {@link #calls}. */
  final Set<String> telling = ConcurrentHashMap.newKeySet();

  /** Calls that end with an Error, as in {@link #calls}. */
  final Set<String> breaking = ConcurrentHashMap.newKeySet();

  /** Calls that wait, as in {@link #calls}, until the latch is open; {@code stabilise A} too. */
  final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

  /** What a call that waits does when it is interrupted. */
  volatile Runnable onInterrupt = () -> {};

  private final String name;

  FakeType(String name) {
    this.name = name;
  }

  @Override
  public TypeSchema schema() {
    TypeSchema schema =
        TypeSchema.of(name)
            .createOnly("FakeName", "Fixed")
            .properties("Free", "Needed", "RoleName", "Tags")
            .attributes("Arn", "Late");
    return name.endsWith("Strict") ? schema.required("Needed") : schema;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    call("create " + request.logicalId());
    if (telling.contains("create " + request.logicalId())) {
      throw AwsError.badRequest("FakeInvalid", "cannot take " + request.properties());
    }
    String id = request.nameOr("FakeName", 40);
    existing.put(id, request.properties().toString());
    return PhysicalResource.of(id).with("Arn", "arn:fake:" + id);
  }

  @Override
  public PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request)
      throws InterruptedException {
    CountDownLatch latch = waiting.get("stabilise " + request.logicalId());
    if (latch != null) {
      latch.await();
    }
    return current.with("Late", "late");
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    call("update " + after.logicalId());
    existing.put(current.physicalId(), after.properties().toString());
    return new PhysicalResource(
        current.physicalId(), Map.of("Arn", TextNode.valueOf("arn:fake:" + current.physicalId())));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    call("delete " + last.logicalId());
    existing.remove(current.physicalId());
  }

  private void call(String what) {
    calls.add(what);
    CountDownLatch latch = waiting.get(what);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        onInterrupt.run();
        throw new IllegalStateException(e);
      }
    }
    if (breaking.contains(what)) {
      throw new StackOverflowError("in " + what);
    }
    if (failing.contains(what)) {
      throw AwsError.badRequest("FakeAlreadyExists", "cannot " + what);
    }
  }
}
