package io.pipelab.verify.check.stack;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * CloudFormation refused to update a resource, for a reason that says so; the stack's events keep
 * it. The stack went back to what it was.
 *
 * @param says a part of the reason
 */
public record UpdateRefused(String stack, String resource, String says) implements Check {
  public static final CheckType TYPE =
      CheckType.named("update-refused")
          .needs("stack", "resource", "says")
          .madeBy(
              settings ->
                  new UpdateRefused(
                      settings.text("stack"), settings.text("resource"), settings.text("says")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("an update of " + resource + " failed: " + says);
    List<StackEvent> failed =
        scope
            .clients()
            .cloudFormation()
            .describeStackEventsPaginator(describe -> describe.stackName(stack))
            .stackEvents()
            .stream()
            .filter(event -> resource.equals(event.logicalResourceId()))
            .filter(event -> event.resourceStatus() == ResourceStatus.UPDATE_FAILED)
            .toList();
    Optional<String> refused =
        failed.stream()
            .map(event -> String.valueOf(event.resourceStatusReason()))
            .filter(reason -> reason.contains(says))
            .findFirst();
    if (refused.isEmpty()) {
      return failed.isEmpty()
          ? claim.toDo("nobody has tried it")
          : claim.lacks("it failed otherwise: " + failed.get(0).resourceStatusReason());
    }
    String status =
        scope
            .clients()
            .cloudFormation()
            .describeStacks(describe -> describe.stackName(stack))
            .stacks()
            .get(0)
            .stackStatusAsString();
    return status.endsWith("_FAILED")
        ? claim.never("the stack did not go back: it is " + status)
        : claim.holds(refused.get());
  }
}
