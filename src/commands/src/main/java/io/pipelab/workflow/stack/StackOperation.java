package io.pipelab.workflow.stack;

import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Waits for the end of what a stack does, telling its events, and says why when it ends badly. */
public final class StackOperation {
  private final Stacks stacks;
  private final StackEvents events;
  private final Poller poller;
  private final Deadline deadline;
  private final Progress progress;

  public StackOperation(Cloud cloud, Progress progress) {
    this.stacks = new Stacks(cloud.clients().cloudFormation());
    this.events = new StackEvents(cloud.clients().cloudFormation());
    this.poller = cloud.poller();
    this.deadline = cloud.deadline();
    this.progress = progress;
  }

  /** Call it before the operation is started, so that only its own events are told. */
  public StackOperation on(Stack stack) {
    events.skipThoseOf(stack.stackId());
    return this;
  }

  /**
   * Waits until the stack is in a final state.
   *
   * @param stackId its id, by which a deleted stack is still found
   * @return the stack as it is then; empty when it is gone
   */
  public Optional<Stack> await(String stackId, String what) {
    return poller.until(
        what,
        deadline,
        () -> {
          // The status first: what happened up to it is then surely among the events.
          Optional<Stack> stack = stacks.find(stackId);
          events.tell(stackId, progress);
          boolean moving = stack.map(s -> moves(s.stackStatusAsString())).orElse(false);
          return moving ? Optional.<Optional<Stack>>empty() : Optional.of(stack);
        });
  }

  /** A stack under review has no resources, and stays so for ever. */
  private static boolean moves(String status) {
    return StackState.of(status) == StackState.MOVING;
  }

  /** Whether it ended badly because a bucket or a repository was not empty. */
  public boolean metContents() {
    return events
        .firstFailure()
        .map(event -> String.valueOf(event.resourceStatusReason()))
        .filter(reason -> reason.contains("not empty") || reason.contains("NotEmpty"))
        .isPresent();
  }

  /**
   * Fails when the operation left something behind that it was to delete: it belongs to no stack
   * any more.
   */
  public void requireNothingLeft(String stackName) {
    events
        .notDeleted()
        .ifPresent(
            left -> {
              throw new Failure(
                  Failure.Kind.STACK_FAILED,
                  "stack %s has let go of %s %s, and could not delete it"
                      .formatted(stackName, left.resourceType(), left.physicalResourceId()),
                  left.resourceStatusReason(),
                  "empty and delete it by hand");
            });
  }

  /**
   * The first cause of a bad end, with its line in the template.
   *
   * @param template null when the template is not known
   */
  public Failure failed(String stackName, String status, @Nullable Path template, String next) {
    StackEvent cause = events.firstFailure().orElse(null);
    if (cause == null) {
      return new Failure(
          Failure.Kind.STACK_FAILED,
          "stack " + stackName + " ended in " + status,
          "its events name no cause",
          next);
    }
    String place =
        template == null
            ? ""
            : TemplateLines.place(template, cause.logicalResourceId())
                .map(line -> " (" + line + ")")
                .orElse("");
    return new Failure(
        Failure.Kind.STACK_FAILED,
        "stack %s ended in %s: %s %s, %s"
            .formatted(
                stackName,
                status,
                cause.resourceType(),
                cause.logicalResourceId() + place,
                cause.resourceStatusAsString()),
        cause.resourceStatusReason(),
        next);
  }
}
