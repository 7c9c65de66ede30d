package io.pipelab.workflow.up;

import io.pipelab.target.Failure;
import io.pipelab.workflow.step.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A change set of a standing stack: what an update would do, before it is executed (AWS: "Update
 * CloudFormation stacks using change sets").
 *
 * @param id the change set's ARN
 * @param lines one for each resource that is added, modified, replaced or removed
 */
record StackChanges(Cloud cloud, String id, List<String> lines) {

  /**
   * Asks CloudFormation what would change.
   *
   * @param parameters the values for the template's parameters
   * @return empty when nothing would
   * @throws software.amazon.awssdk.services.cloudformation.model.CloudFormationException when it
   *     refuses the template, or somebody else works on the stack
   */
  static Optional<StackChanges> of(
      StackInput input, List<Parameter> parameters, Stack stack, Cloud cloud) {
    CloudFormationClient cloudFormation = cloud.clients().cloudFormation();
    String id =
        cloudFormation
            .createChangeSet(
                request ->
                    request
                        .stackName(input.name())
                        .changeSetName("pipelab-" + UUID.randomUUID())
                        .changeSetType(ChangeSetType.UPDATE)
                        .templateBody(input.template())
                        .parameters(parameters)
                        .capabilities(StackInput.CAPABILITIES)
                        .tags(input.tags(Optional.of(stack))))
            .id();
    DescribeChangeSetResponse made =
        cloud
            .poller()
            .until(
                "the change set of stack " + input.name(),
                cloud.deadline(),
                () ->
                    Optional.of(cloudFormation.describeChangeSet(get -> get.changeSetName(id)))
                        .filter(StackChanges::isMade));
    if (made.status() == ChangeSetStatus.FAILED) {
      cloudFormation.deleteChangeSet(delete -> delete.changeSetName(id));
      return noneBecause(input, String.valueOf(made.statusReason()));
    }
    return Optional.of(new StackChanges(cloud, id, lines(cloudFormation, id)));
  }

  private static boolean isMade(DescribeChangeSetResponse answer) {
    return answer.status() != ChangeSetStatus.CREATE_PENDING
        && answer.status() != ChangeSetStatus.CREATE_IN_PROGRESS;
  }

  private static Optional<StackChanges> noneBecause(StackInput input, String reason) {
    if (reason.contains("didn't contain changes") || reason.contains("No updates are to be")) {
      return Optional.empty();
    }
    throw new Failure(
        Failure.Kind.STACK_FAILED,
        "CloudFormation made no change set of stack " + input.name(),
        reason,
        "fix " + input.spec().template() + " or the parameters");
  }

  /** Lets CloudFormation do it. */
  void execute() {
    cloud.clients().cloudFormation().executeChangeSet(execute -> execute.changeSetName(id));
  }

  /** Nothing happens then. */
  void discard() {
    cloud.clients().cloudFormation().deleteChangeSet(delete -> delete.changeSetName(id));
  }

  private static List<String> lines(CloudFormationClient cloudFormation, String id) {
    List<String> lines = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      DescribeChangeSetResponse page =
          cloudFormation.describeChangeSet(get -> get.changeSetName(id).nextToken(next));
      page.changes().stream()
          .map(Change::resourceChange)
          .map(StackChanges::line)
          .forEach(lines::add);
      token = page.nextToken();
    } while (token != null);
    return lines.stream().sorted().toList();
  }

  /** {@code replace Database AWS::RDS::DBInstance: DBName needs a new one}. */
  static String line(ResourceChange change) {
    String what = change.logicalResourceId() + " " + change.resourceType();
    if (change.action() != ChangeAction.MODIFY) {
      return change.actionAsString().toLowerCase(Locale.ROOT) + " " + what;
    }
    TreeSet<String> changed = new TreeSet<>();
    TreeSet<String> recreating = new TreeSet<>();
    for (ResourceChangeDetail detail : change.details()) {
      ResourceTargetDefinition target = detail.target();
      String name = target.name() == null ? target.attributeAsString() : target.name();
      changed.add(name);
      if (target.requiresRecreation() != null
          && target.requiresRecreation() != RequiresRecreation.NEVER) {
        recreating.add(name);
      }
    }
    String names = String.join(", ", recreating.isEmpty() ? changed : recreating);
    String because = names.isEmpty() ? "" : ": " + names;
    if (change.replacement() == Replacement.TRUE) {
      return "replace " + what + because + (names.isEmpty() ? "" : " needs a new one");
    }
    return change.replacement() == Replacement.CONDITIONAL
        ? "modify " + what + because + ", which may need a new one"
        : "modify " + what + because;
  }
}
