package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AwsError;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/** One try at one resource: what goes wrong becomes its last event, and stops the operation. */
final class Attempt {
  /** What is tried. */
  interface Task {
    /** Resolves what the resource shall be; what fails here is the template's fault. */
    ResourceRequest request();

    /** Asks the resource type; what fails here is told as the resource handler's failure. */
    PhysicalResource ask(ResourceType type, ResourceRequest request);

    /** What is known of the resource as soon as the type has answered. */
    LiveResource answered(LiveResource before, PhysicalResource answer, ResourceRequest request);
  }

  private final Engine engine;
  private final LiveStack stack;
  private final Cancellation cancellation;
  private final ResourceStatus success;
  private final ResourceStatus failure;
  private final String what;
  private LiveResource latest;
  private @Nullable ResourceRequest asked;

  /**
   * An attempt.
   *
   * @param resource as it is before
   * @param what the start of a sentence, for example {@code Resource creation}
   */
  Attempt(
      Engine engine,
      LiveStack stack,
      Cancellation cancellation,
      LiveResource resource,
      ResourceStatus success,
      ResourceStatus failure,
      String what) {
    this.engine = engine;
    this.stack = stack;
    this.cancellation = cancellation;
    this.latest = resource;
    this.success = success;
    this.failure = failure;
    this.what = what;
  }

  /** Tries it; false when it failed, or when the operation was cancelled. */
  boolean run(Task task) {
    String reason;
    try {
      carryOut(task);
      if (!cancellation.requested()) {
        stack.record(latest.as(success, null));
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

  private void carryOut(Task task) throws InterruptedException {
    ResourceType type = type();
    ResourceRequest request = task.request();
    asked = request;
    PhysicalResource answer = task.ask(type, request);
    latest = task.answered(latest, answer, request);
    PhysicalResource stable = cancellation.await(() -> type.awaitStable(answer, request));
    latest = latest.made(stable, request);
  }

  private String words(Throwable thrown) {
    ResourceRequest request = asked;
    if (request == null) {
      return thrown instanceof AwsError
          ? String.valueOf(thrown.getMessage())
          : FailureReason.of(type(), thrown);
    }
    return request.concealed(FailureReason.of(type(), thrown));
  }

  private ResourceType type() {
    return engine.catalog().type(latest.declaration().type());
  }
}
