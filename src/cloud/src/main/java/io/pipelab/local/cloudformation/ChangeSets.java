package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.engine.Stacks;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The change sets of all stacks; they go with their stack. */
final class ChangeSets {
  private static final int MOST_FAILED = 100;

  private final Stacks stacks;
  private final Map<String, ChangeSet> byId = new LinkedHashMap<>();

  ChangeSets(Stacks stacks) {
    this.stacks = stacks;
  }

  /**
   * Adds a change set.
   *
   * @throws AwsError AlreadyExistsException when the stack has one of that name
   */
  synchronized void add(ChangeSet changeSet) {
    byId.values().removeIf(each -> stacks.find(each.stack().id()).isEmpty());
    boolean taken =
        of(changeSet.stack()).stream().anyMatch(each -> each.name().equals(changeSet.name()));
    if (taken) {
      throw AwsError.badRequest(
          "AlreadyExistsException", "ChangeSet " + changeSet.name() + " already exists");
    }
    dropFailed(changeSet.stack());
    byId.put(changeSet.id(), changeSet);
  }

  /** Drops the oldest of those that cannot be executed: "no changes" leaves one at each deploy. */
  private void dropFailed(LiveStack stack) {
    List<ChangeSet> failed = of(stack).stream().filter(each -> each.problem() != null).toList();
    for (ChangeSet each : failed.subList(0, Math.max(0, failed.size() - MOST_FAILED))) {
      byId.remove(each.id());
    }
  }

  /** A stack's change sets, the oldest first. */
  synchronized List<ChangeSet> of(LiveStack stack) {
    return byId.values().stream().filter(each -> each.stack() == stack).toList();
  }

  /** The stack of a change set's id; null when there is no such change set. */
  synchronized @Nullable String stackOf(String id) {
    ChangeSet changeSet = byId.get(id);
    return changeSet == null ? null : changeSet.stack().id();
  }

  /**
   * A change set by its id, or by its name and its stack's name or id.
   *
   * @throws AwsError ChangeSetNotFound, or ValidationError when the stack does not exist
   */
  synchronized ChangeSet get(@Nullable String nameOrId, @Nullable String stackName) {
    String wanted = String.valueOf(nameOrId);
    ChangeSet byArn = byId.get(wanted);
    if (byArn != null) {
      return byArn;
    }
    if (wanted.startsWith("arn:")) {
      throw missing(wanted);
    }
    if (stackName == null) {
      throw Invalid.request(
          "StackName must be specified if ChangeSetName is not specified as an ARN.");
    }
    return of(stacks.live(stackName)).stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> missing(wanted));
  }

  private static AwsError missing(String name) {
    return AwsError.notFound("ChangeSetNotFound", "ChangeSet [" + name + "] does not exist");
  }

  /** Marks a change set as executed, once, and drops the stack's others, as AWS does. */
  synchronized boolean execute(ChangeSet changeSet) {
    ChangeSet now = byId.get(changeSet.id());
    if (now == null || now.executed()) {
      return false;
    }
    byId.values().removeIf(each -> each.stack() == changeSet.stack());
    byId.put(changeSet.id(), changeSet.asExecuted());
    return true;
  }

  /** Takes back {@link #execute} for an execution that could not start. */
  synchronized void restore(ChangeSet changeSet) {
    byId.put(changeSet.id(), changeSet);
  }

  synchronized void remove(ChangeSet changeSet) {
    byId.remove(changeSet.id());
  }
}
