package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.target.AwsClients;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import io.pipelab.workflow.down.DeleteStack;
import io.pipelab.workflow.stack.StackOperation;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.stack.StandingPhase;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Creates a stack or brings it up to date, from whatever state it is in. */
public final class DeployStack implements Step {
  /** From one state to the next: no real stack needs more than three turns. */
  private static final int MAX_TURNS = 6;

  private static final Pattern ABOUT_THE_TEMPLATE =
      Pattern.compile("^Template |^Invalid template |^Circular dependency |\\(line \\d");
  private static final Pattern LINE = Pattern.compile("\\(line (\\d+)");

  private final LabInstance instance;
  private final Lab.StackSpec spec;
  private final String phase;
  private final StackInput input;
  private final Cloud cloud;
  private final Bindings bindings;

  /**
   * A stack to be deployed.
   *
   * @param phase up to which it is built; empty in a lab that is built as one
   */
  public DeployStack(
      LabInstance instance,
      Lab.StackSpec spec,
      String phase,
      String runId,
      Cloud cloud,
      Bindings bindings) {
    this.instance = instance;
    this.spec = spec;
    this.phase = phase;
    this.input = new StackInput(instance, spec, phase, runId, bindings);
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Deploy stack " + name() + (input.inPhases() ? ", phase " + phase : "");
  }

  @Override
  public void run(Progress progress) {
    progress.underway(
        "lab "
            + instance.asArguments()
            + " is not complete: stack "
            + name()
            + " was left as it is",
        next());
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Stack stack = stacks().find(name()).orElse(null);
      if (stack == null) {
        Optional<Stack> created = create(progress);
        if (created.isPresent()) {
          finish(created.get(), progress);
          return;
        }
        continue;
      }
      String status = stack.stackStatusAsString();
      switch (StackState.of(status)) {
        case MISSING -> {}
        case MOVING -> waitFor(stack, progress);
        case STUCK -> continueRollback(stack, progress);
        case DEAD -> {
          progress.note("stack " + name() + " is " + status + ": deleting it first");
          new DeleteStack(instance.copy(), name(), cloud).run(progress);
        }
        case STANDING -> {
          Optional<Stack> updated = update(stack, progress);
          if (updated.isPresent()) {
            finish(updated.get(), progress);
            return;
          }
        }
      }
    }
    throw new Failure(
        Failure.Kind.STACK_FAILED,
        "stack " + name() + " does not come to rest",
        "it changed its state " + MAX_TURNS + " times while pipelab worked on it",
        "does somebody else work on it? look with 'pipelab status " + instance.asArguments() + "'");
  }

  /** Creates the stack; empty when somebody else did so meanwhile. */
  private Optional<Stack> create(Progress progress) {
    StackOperation operation = new StackOperation(cloud, progress);
    String id;
    try {
      id =
          cloudFormation()
              .createStack(
                  request ->
                      request
                          .stackName(name())
                          .templateBody(input.template())
                          .parameters(input.parameters())
                          .capabilities(StackInput.CAPABILITIES)
                          .tags(input.tags(Optional.empty())))
              .stackId();
    } catch (AlreadyExistsException e) {
      saySomebodyElse(progress);
      return Optional.empty();
    } catch (CloudFormationException e) {
      throw refusal(e);
    }
    sayUnderway(progress, "created");
    return Optional.of(await(operation, id, "to be created"));
  }

  /** Updates the stack; empty when somebody else changed it meanwhile. */
  private Optional<Stack> update(Stack stack, Progress progress) {
    StackOperation operation = new StackOperation(cloud, progress).on(stack);
    try {
      Optional<StackChanges> changes = StackChanges.of(input, input.parameters(), stack, cloud);
      if (changes.isEmpty()) {
        requirePhase(stack);
        progress.note("stack " + name() + " is up to date");
        return Optional.of(stack);
      }
      changes.get().lines().forEach(progress::note);
      changes.get().execute();
    } catch (InvalidChangeSetStatusException | ChangeSetNotFoundException e) {
      // Another update was executed meanwhile: its start ends every other change set.
      saySomebodyElse(progress);
      return Optional.empty();
    } catch (CloudFormationException e) {
      if (ServiceFailures.isUnsupported(e)) {
        return updateUnseen(operation, stack, progress);
      }
      String message = String.valueOf(e.getMessage());
      if (message.contains("can not be updated") || Stacks.isMissing(e)) {
        saySomebodyElse(progress);
        return Optional.empty();
      }
      throw refusal(e);
    }
    sayUnderway(progress, "updated");
    return Optional.of(await(operation, stack.stackId(), "to be updated"));
  }

  /** Updates on an endpoint that has no change sets; empty when somebody else did meanwhile. */
  private Optional<Stack> updateUnseen(StackOperation operation, Stack stack, Progress progress) {
    try {
      cloudFormation()
          .updateStack(
              request ->
                  request
                      .stackName(name())
                      .templateBody(input.template())
                      .parameters(input.parameters())
                      .capabilities(StackInput.CAPABILITIES)
                      .tags(input.tags(Optional.of(stack))));
    } catch (CloudFormationException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("No updates are to be performed")) {
        requirePhase(stack);
        progress.note("stack " + name() + " is up to date");
        return Optional.of(stack);
      }
      if (message.contains("can not be updated") || Stacks.isMissing(e)) {
        saySomebodyElse(progress);
        return Optional.empty();
      }
      throw refusal(e);
    }
    return Optional.of(await(operation, stack.stackId(), "to be updated"));
  }

  /** An update that changes nothing but a parameter is none: the stack keeps its old value. */
  private void requirePhase(Stack stack) {
    if (input.inPhases() && !StandingPhase.of(instance.lab().phases(), spec, stack).equals(phase)) {
      throw new Failure(
          Failure.Kind.STACK_FAILED,
          "stack " + name() + " did not come to phase " + phase,
          "CloudFormation sees nothing in " + spec.template() + " that the phase changes",
          "give the template an output whose value is the phase");
    }
  }

  /** CloudFormation was given a text: only who sent it knows which file its line is in. */
  private RuntimeException refusal(CloudFormationException e) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    if (message == null || !ABOUT_THE_TEMPLATE.matcher(message).find()) {
      return e;
    }
    Matcher line = LINE.matcher(message);
    return new Failure(
        Failure.Kind.REFUSED,
        "CloudFormation on target %s refused the template %s%s"
            .formatted(
                cloud.target().name(), spec.template(), line.find() ? ":" + line.group(1) : ""),
        message,
        "fix it there",
        e);
  }

  private void saySomebodyElse(Progress progress) {
    progress.note("somebody else works on stack " + name() + " at the same time");
  }

  private Stack await(StackOperation operation, String id, String what) {
    Stack end = operation.await(id, "stack " + name() + " " + what).orElse(null);
    String status = end == null ? "DELETE_COMPLETE" : end.stackStatusAsString();
    if (end == null || !StackState.isSuccess(status)) {
      throw operation.failed(
          name(),
          status,
          spec.template(),
          "fix the cause, then 'pipelab up " + instance.asArguments() + "' goes on from here");
    }
    operation.requireNothingLeft(name());
    return end;
  }

  private void waitFor(Stack stack, Progress progress) {
    String status = stack.stackStatusAsString();
    progress.note("stack " + name() + " is " + status + ": waiting for its end");
    new StackOperation(cloud, progress)
        .on(stack)
        .await(stack.stackId(), "stack " + name() + " to leave " + status);
  }

  private void continueRollback(Stack stack, Progress progress) {
    progress.note("stack " + name() + " is UPDATE_ROLLBACK_FAILED: continuing its rollback");
    StackOperation operation = new StackOperation(cloud, progress).on(stack);
    cloudFormation().continueUpdateRollback(request -> request.stackName(name()));
    Optional<Stack> end = operation.await(stack.stackId(), "stack " + name() + " to roll back");
    String status = end.map(Stack::stackStatusAsString).orElse("DELETE_COMPLETE");
    if (StackState.of(status) == StackState.STUCK) {
      throw operation.failed(
          name(),
          status,
          spec.template(),
          "'pipelab down " + instance.asArguments() + "' removes it");
    }
  }

  private void finish(Stack stack, Progress progress) {
    progress.underway("stack " + name() + " stands, what comes after it may not", next());
    bindings.add(references -> references.withOutputs(Stacks.outputs(stack)));
  }

  private void sayUnderway(Progress progress, String what) {
    progress.underway(
        "stack " + name() + " is being " + what + " and goes on without pipelab", next());
  }

  private String next() {
    return "'pipelab up %1$s' goes on from there, 'pipelab down %1$s' removes it"
        .formatted(instance.asArguments());
  }

  private String name() {
    return input.name();
  }

  private Stacks stacks() {
    return new Stacks(cloudFormation());
  }

  private CloudFormationClient cloudFormation() {
    AwsClients clients = cloud.clients();
    return clients.cloudFormation();
  }
}
