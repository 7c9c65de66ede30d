package io.pipelab.workflow.down;

import io.pipelab.target.Target;
import io.pipelab.workflow.stack.StackOperation;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Deletes a stack, whatever state it is in, after emptying what CloudFormation cannot delete full.
 */
public final class DeleteStack implements Step {
  private final LabCopy copy;
  private final String name;
  private final Cloud cloud;

  public DeleteStack(LabCopy copy, String name, Cloud cloud) {
    this.copy = copy;
    this.name = name;
    this.cloud = cloud;
  }

  @Override
  public String title() {
    return "Delete stack " + name;
  }

  @Override
  public void run(Progress progress) {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    Stack stack = stacks.find(name).orElse(null);
    if (stack == null) {
      progress.note("stack " + name + " is not there");
      return;
    }
    StackOperation operation = new StackOperation(cloud, progress).on(stack);
    if (StackState.of(stack.stackStatusAsString()) == StackState.MOVING
        && !stack.stackStatusAsString().equals("DELETE_IN_PROGRESS")) {
      String status = stack.stackStatusAsString();
      progress.note("stack " + name + " is " + status + ": waiting for its end");
      operation.await(stack.stackId(), "stack " + name + " to leave " + status);
    }
    Stack end = emptyAndDelete(stack, operation, progress);
    if (end != null && operation.metContents()) {
      // What still ran when it was emptied has written once more; by now it has ended.
      progress.note("something was written while stack " + name + " was deleted: once more");
      operation = new StackOperation(cloud, progress).on(end);
      end = emptyAndDelete(end, operation, progress);
    }
    if (end != null) {
      throw operation.failed(
          name,
          end.stackStatusAsString(),
          null,
          "remove what is in the way, then 'pipelab down " + copy.asArguments() + "'");
    }
  }

  /** The stack as it is when its deletion failed, or null when it is gone. */
  private @Nullable Stack emptyAndDelete(Stack stack, StackOperation operation, Progress progress) {
    progress.underway(
        "stack " + name + " is being emptied, and is not deleted yet",
        "'pipelab down " + copy.asArguments() + "' goes on, and looks for what is left");
    new EmptyStack(name, cloud).run(progress);
    if (cloud.target() instanceof Target.Aws) {
      SlowToDelete.among(new Stacks(cloud.clients().cloudFormation()).standing(name))
          .forEach(progress::note);
    }
    cloud.clients().cloudFormation().deleteStack(request -> request.stackName(name));
    progress.underway(
        "stack " + name + " is being deleted, which goes on without pipelab",
        "'pipelab down " + copy.asArguments() + "' goes on, and looks for what is left");
    return operation.await(stack.stackId(), "stack " + name + " to be deleted").orElse(null);
  }
}
