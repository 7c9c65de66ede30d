package io.pipelab.workflow.drive;

import io.pipelab.lab.SettingNames;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import io.pipelab.workflow.stack.StackOperation;
import io.pipelab.workflow.stack.StackState;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Gives one parameter of a stack a value that CloudFormation must refuse to carry out, and waits
 * until the stack has gone back to what it was. The stack's events keep the reason for {@code
 * verify}.
 */
final class RefusedUpdate implements DriveStep<String> {
  static final DriveAction<RefusedSettings> ACTION =
      new DriveAction<>(
          "refused-update",
          SettingNames.NONE.needs("stack", "parameter", "value"),
          (with, samples) -> RefusedSettings.of(with),
          RefusedUpdate::new);

  /** What is asked for. */
  record RefusedSettings(String stack, String parameter, String value) {
    static RefusedSettings of(Settings with) {
      return new RefusedSettings(with.text("stack"), with.text("parameter"), with.text("value"));
    }
  }

  private final RefusedSettings settings;
  private final Cloud cloud;
  private final Bindings bindings;
  private String status = "";

  RefusedUpdate(RefusedSettings settings, Driven on) {
    this.settings = settings;
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Ask for an update that is refused: " + settings.parameter() + " " + settings.value();
  }

  /** The stack's status afterwards. */
  @Override
  public String result() {
    return status;
  }

  @Override
  public void run(Progress progress) {
    CloudFormationClient cloudFormation = cloud.clients().cloudFormation();
    String name = bindings.references().resolve(settings.stack());
    Stack stack =
        new Stacks(cloudFormation)
            .find(name)
            .orElseThrow(() -> Failure.usage("there is no stack " + name, null));
    StackOperation operation = new StackOperation(cloud, progress).on(stack);
    String changeSet = changeSet(cloudFormation, stack);
    cloudFormation.executeChangeSet(execute -> execute.changeSetName(changeSet));
    status =
        operation
            .await(stack.stackId(), "stack " + name + " to refuse the update")
            .map(Stack::stackStatusAsString)
            .orElse("DELETE_COMPLETE");
    if (StackState.isSuccess(status)) {
      throw new Failure(
          Failure.Kind.STACK_FAILED,
          "stack " + name + " took an update that must be refused",
          "with " + settings.parameter() + " " + settings.value() + " it is " + status,
          "this target does not behave as AWS here");
    }
    progress.note("stack " + name + " is " + status + ", as it was before");
  }

  private String changeSet(CloudFormationClient cloudFormation, Stack stack) {
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter each : stack.parameters()) {
      boolean ours = each.parameterKey().equals(settings.parameter());
      parameters.add(
          ours
              ? Parameter.builder()
                  .parameterKey(each.parameterKey())
                  .parameterValue(settings.value())
                  .build()
              : Parameter.builder()
                  .parameterKey(each.parameterKey())
                  .usePreviousValue(true)
                  .build());
    }
    String id =
        cloudFormation
            .createChangeSet(
                request ->
                    request
                        .stackName(stack.stackName())
                        .changeSetName("pipelab-" + UUID.randomUUID())
                        .changeSetType(ChangeSetType.UPDATE)
                        .usePreviousTemplate(true)
                        .parameters(parameters)
                        .capabilities(Capability.CAPABILITY_NAMED_IAM))
            .id();
    cloud
        .poller()
        .until(
            "the change set of stack " + stack.stackName(),
            cloud.deadline(),
            () ->
                Optional.of(cloudFormation.describeChangeSet(get -> get.changeSetName(id)).status())
                    .filter(made -> made == ChangeSetStatus.CREATE_COMPLETE));
    return id;
  }
}
