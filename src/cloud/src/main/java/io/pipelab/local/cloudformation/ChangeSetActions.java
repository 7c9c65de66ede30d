package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Changes;
import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.engine.StackCreation;
import io.pipelab.local.cloudformation.engine.StackUpdate;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The actions about change sets. */
final class ChangeSetActions {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");
  private static final String NO_CHANGES =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";

  private final Engine engine;
  private final CloudClock clock;
  private final Deployments deployments;
  private final ChangeSets changeSets;

  ChangeSetActions(
      Engine engine, CloudClock clock, Deployments deployments, ChangeSets changeSets) {
    this.engine = engine;
    this.clock = clock;
    this.deployments = deployments;
    this.changeSets = changeSets;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateChangeSetRequest.class, this::createChangeSet)
        .on(DescribeChangeSetRequest.class, this::describeChangeSet)
        .on(ExecuteChangeSetRequest.class, this::executeChangeSet)
        .on(DeleteChangeSetRequest.class, this::deleteChangeSet)
        .on(ListChangeSetsRequest.class, this::listChangeSets);
  }

  CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
    String name = request.changeSetName();
    if (name == null || !NAME.matcher(name).matches()) {
      throw Invalid.request(
          "1 validation error detected: Value '"
              + name
              + "' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }
    if (request.changeSetType() == ChangeSetType.IMPORT) {
      throw AwsError.notImplemented("change sets of type IMPORT");
    }
    StackInput input = StackInput.of(request);
    boolean creates = request.changeSetType() == ChangeSetType.CREATE;
    Optional<LiveStack> existing = existing(request, creates);
    existing
        .filter(stack -> !creates)
        .ifPresent(stack -> StackActions.requireUpdatable(stack, input.onFailure()));
    String stackName = existing.map(LiveStack::name).orElseGet(request::stackName);
    String stackId = existing.map(LiveStack::id).orElseGet(() -> engine.stacks().newId(stackName));
    String id =
        engine.identity().arn("cloudformation", "changeSet/" + name + "/" + UUID.randomUUID());
    Deployment deployment =
        deployments.of(input, stackName, stackId, creates ? null : existing.orElse(null), id);
    Changes changes = Changes.between(engine, existing.orElse(null), deployment);
    LiveStack stack = existing.orElseGet(() -> engine.stacks().addForReview(stackName, stackId));
    changeSets.add(
        new ChangeSet(
            id,
            name,
            stack,
            creates,
            request.description(),
            clock.now(),
            deployment,
            stack.deployment(),
            changes.list(),
            problem(deployment, changes, creates),
            false));
    return CreateChangeSetResponse.builder().id(id).stackId(stackId).build();
  }

  private Optional<LiveStack> existing(CreateChangeSetRequest request, boolean creates) {
    if (!creates) {
      return Optional.of(engine.stacks().live(StackActions.required(request.stackName())));
    }
    Optional<LiveStack> existing = engine.stacks().named(StackActions.name(request.stackName()));
    if (existing.isPresent() && existing.get().status() != StackStatus.REVIEW_IN_PROGRESS) {
      throw AwsError.badRequest(
          "AlreadyExistsException",
          "Stack ["
              + request.stackName()
              + "] already exists and cannot be created again with the changeSet ["
              + request.changeSetName()
              + "].");
    }
    return existing;
  }

  private @Nullable String problem(Deployment deployment, Changes changes, boolean creates) {
    for (String name : deployment.plan().imports()) {
      if (!engine.exports().has(name)) {
        return "No export named " + name + " found";
      }
    }
    return changes.isEmpty() && !creates ? NO_CHANGES : null;
  }

  DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
    ChangeSet changeSet = changeSets.get(request.changeSetName(), request.stackName());
    Deployment deployment = changeSet.deployment();
    Page<Change> page = Page.of(changeSet.changes(), request.nextToken());
    return DescribeChangeSetResponse.builder()
        .changeSetId(changeSet.id())
        .changeSetName(changeSet.name())
        .stackId(changeSet.stack().id())
        .stackName(changeSet.stack().name())
        .description(changeSet.description())
        .creationTime(changeSet.created())
        .parameters(StackViews.parameters(deployment))
        .tags(StackViews.tags(deployment.tags()))
        .capabilitiesWithStrings(deployment.capabilities())
        .notificationARNs(List.of())
        .rollbackConfiguration(RollbackConfiguration.builder().build())
        .includeNestedStacks(false)
        .onStackFailure(deployment.onFailure().name())
        .status(status(changeSet))
        .statusReason(changeSet.problem())
        .executionStatus(executionStatus(changeSet))
        .changes(page.items())
        .nextToken(page.next())
        .build();
  }

  private static ChangeSetStatus status(ChangeSet changeSet) {
    return changeSet.problem() == null ? ChangeSetStatus.CREATE_COMPLETE : ChangeSetStatus.FAILED;
  }

  private static ExecutionStatus executionStatus(ChangeSet changeSet) {
    if (changeSet.problem() != null) {
      return ExecutionStatus.UNAVAILABLE;
    }
    Deployment current = changeSet.stack().deployment();
    if (!changeSet.executed()) {
      return current == changeSet.basis() ? ExecutionStatus.AVAILABLE : ExecutionStatus.OBSOLETE;
    }
    String status = changeSet.stack().status().toString();
    boolean its = current != null && changeSet.id().equals(current.changeSetId());
    if (its && (status.equals("CREATE_IN_PROGRESS") || status.equals("UPDATE_IN_PROGRESS"))) {
      return ExecutionStatus.EXECUTE_IN_PROGRESS;
    }
    return its && (status.contains("ROLLBACK") || status.endsWith("FAILED"))
        ? ExecutionStatus.EXECUTE_FAILED
        : ExecutionStatus.EXECUTE_COMPLETE;
  }

  ExecuteChangeSetResponse executeChangeSet(ExecuteChangeSetRequest request) {
    ChangeSet changeSet = changeSets.get(request.changeSetName(), request.stackName());
    ExecutionStatus status = executionStatus(changeSet);
    if (status != ExecutionStatus.AVAILABLE || !changeSets.execute(changeSet)) {
      throw AwsError.badRequest(
          "InvalidChangeSetStatus",
          "ChangeSet ["
              + changeSet.id()
              + "] cannot be executed in its current "
              + (changeSet.problem() == null
                  ? "execution status of [" + status + "]"
                  : "status of [" + status(changeSet) + "]"));
    }
    try {
      Deployment deployment = deployment(changeSet, request);
      if (changeSet.creates()) {
        StackCreation.start(engine, changeSet.stack(), deployment);
      } else {
        StackUpdate.start(engine, changeSet.stack(), deployment);
      }
    } catch (AwsError e) {
      changeSets.restore(changeSet);
      throw e;
    }
    return ExecuteChangeSetResponse.builder().build();
  }

  private static Deployment deployment(ChangeSet changeSet, ExecuteChangeSetRequest request) {
    Deployment planned = changeSet.deployment();
    boolean keep = Boolean.TRUE.equals(request.disableRollback());
    if (keep && planned.onFailure() == Deployment.OnFailure.DELETE) {
      throw Invalid.request("DisableRollback and OnStackFailure DELETE exclude each other.");
    }
    return new Deployment(
        planned.plan(),
        planned.tags(),
        planned.capabilities(),
        planned.roleArn(),
        planned.timeoutMinutes(),
        keep ? Deployment.OnFailure.DO_NOTHING : planned.onFailure(),
        Boolean.TRUE.equals(request.retainExceptOnCreate()),
        request.clientRequestToken(),
        planned.changeSetId());
  }

  DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
    ChangeSet changeSet = changeSets.get(request.changeSetName(), request.stackName());
    if (executionStatus(changeSet) == ExecutionStatus.EXECUTE_IN_PROGRESS) {
      throw AwsError.badRequest(
          "InvalidChangeSetStatus",
          "ChangeSet [" + changeSet.id() + "] cannot be deleted while it is executed");
    }
    changeSets.remove(changeSet);
    return DeleteChangeSetResponse.builder().build();
  }

  ListChangeSetsResponse listChangeSets(ListChangeSetsRequest request) {
    LiveStack stack = engine.stacks().live(StackActions.required(request.stackName()));
    Page<ChangeSet> page = Page.of(changeSets.of(stack), request.nextToken());
    return ListChangeSetsResponse.builder()
        .summaries(page.items().stream().map(ChangeSetActions::summary).toList())
        .nextToken(page.next())
        .build();
  }

  private static ChangeSetSummary summary(ChangeSet changeSet) {
    return ChangeSetSummary.builder()
        .changeSetId(changeSet.id())
        .changeSetName(changeSet.name())
        .stackId(changeSet.stack().id())
        .stackName(changeSet.stack().name())
        .description(changeSet.description())
        .creationTime(changeSet.created())
        .status(status(changeSet))
        .statusReason(changeSet.problem())
        .executionStatus(executionStatus(changeSet))
        .includeNestedStacks(false)
        .build();
  }
}
