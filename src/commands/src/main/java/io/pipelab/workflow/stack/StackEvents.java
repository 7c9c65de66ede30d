package io.pipelab.workflow.stack;

import io.pipelab.workflow.step.Progress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** The events of one operation on a stack, told as they come. */
final class StackEvents {
  private final CloudFormationClient cloudFormation;
  private final Set<String> seen = new HashSet<>();
  private final List<StackEvent> ofOperation = new ArrayList<>();

  StackEvents(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /** Leaves out what happened before: only later events belong to the operation. */
  void skipThoseOf(String stack) {
    newest(stack).forEach(event -> seen.add(event.eventId()));
  }

  /** Tells the events that came since the last call, oldest first. */
  void tell(String stack, Progress progress) {
    for (StackEvent event : newest(stack)) {
      seen.add(event.eventId());
      ofOperation.add(event);
      progress.on(
          new Progress.ResourceChanged(
              event.stackName(),
              event.logicalResourceId(),
              event.resourceType(),
              event.resourceStatusAsString(),
              event.resourceStatusReason()));
    }
  }

  /** The failure that came first: all others of the operation are its consequences. */
  Optional<StackEvent> firstFailure() {
    return ofOperation.stream()
        .filter(event -> String.valueOf(event.resourceStatusAsString()).endsWith("_FAILED"))
        .filter(event -> !isConsequence(event))
        .findFirst()
        .or(
            () ->
                ofOperation.stream()
                    .filter(event -> isRollback(event) && event.resourceStatusReason() != null)
                    .findFirst());
  }

  /** What an update left behind though it was to go: CloudFormation gives it up and goes on. */
  Optional<StackEvent> notDeleted() {
    return ofOperation.stream()
        .filter(event -> "DELETE_FAILED".equals(event.resourceStatusAsString()))
        .findFirst();
  }

  private static boolean isConsequence(StackEvent event) {
    String reason = String.valueOf(event.resourceStatusReason());
    return reason.startsWith("Resource creation cancelled")
        || reason.startsWith("Resource creation Initiated")
        || reason.startsWith("Resource update cancelled")
        || reason.startsWith("The following resource(s) failed");
  }

  private static boolean isRollback(StackEvent event) {
    return String.valueOf(event.resourceStatusAsString()).endsWith("ROLLBACK_IN_PROGRESS");
  }

  /** Events not yet seen, oldest first; stops paging at the first that was seen. */
  private List<StackEvent> newest(String stack) {
    Deque<StackEvent> fresh = new ArrayDeque<>();
    try {
      for (StackEvent event :
          cloudFormation.describeStackEventsPaginator(r -> r.stackName(stack)).stackEvents()) {
        if (seen.contains(event.eventId())) {
          break;
        }
        fresh.addFirst(event);
      }
    } catch (CloudFormationException e) {
      if (!String.valueOf(e.getMessage()).contains("does not exist")) {
        throw e;
      }
    }
    return List.copyOf(fresh);
  }
}
