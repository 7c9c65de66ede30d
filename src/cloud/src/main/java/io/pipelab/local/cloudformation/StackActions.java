package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Changes;
import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.engine.StackCreation;
import io.pipelab.local.cloudformation.engine.StackDeletion;
import io.pipelab.local.cloudformation.engine.StackUpdate;
import io.pipelab.local.cloudformation.engine.UpdateRollback;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.Actions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackRequest;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeletionMode;
import software.amazon.awssdk.services.cloudformation.model.RollbackStackRequest;
import software.amazon.awssdk.services.cloudformation.model.RollbackStackResponse;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionResponse;

/** The actions that change stacks; each checks everything it can, starts, and returns. */
final class StackActions {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");

  private final Engine engine;
  private final Deployments deployments;

  StackActions(Engine engine, Deployments deployments) {
    this.engine = engine;
    this.deployments = deployments;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateStackRequest.class, this::createStack)
        .on(UpdateStackRequest.class, this::updateStack)
        .on(DeleteStackRequest.class, this::deleteStack)
        .on(CancelUpdateStackRequest.class, this::cancelUpdateStack)
        .on(ContinueUpdateRollbackRequest.class, this::continueUpdateRollback)
        .on(RollbackStackRequest.class, this::rollbackStack)
        .on(UpdateTerminationProtectionRequest.class, this::updateTerminationProtection);
  }

  /** Refuses what is not a stack name. */
  static String name(@Nullable String name) {
    if (name == null) {
      throw Invalid.request(
          "1 validation error detected: Value null at 'stackName' failed to satisfy constraint:"
              + " Member must not be null");
    }
    if (!NAME.matcher(name).matches()) {
      throw Invalid.request(
          "1 validation error detected: Value '"
              + name
              + "' at 'stackName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }
    return name;
  }

  CreateStackResponse createStack(CreateStackRequest request) {
    String name = name(request.stackName());
    Optional<LiveStack> existing = engine.stacks().named(name);
    if (existing.isPresent() && !existing.get().firstUse(request.clientRequestToken(), "create")) {
      return CreateStackResponse.builder().stackId(existing.get().id()).build();
    }
    String id = engine.stacks().newId(name);
    Deployment deployment = deployments.of(StackInput.of(request), name, id, null, null);
    Changes.between(engine, null, deployment); // resolves everything once, before it exists
    LiveStack stack = engine.stacks().add(name, id, StackStatus.CREATE_IN_PROGRESS);
    stack.firstUse(request.clientRequestToken(), "create");
    stack.protect(Boolean.TRUE.equals(request.enableTerminationProtection()));
    StackCreation.start(engine, stack, deployment);
    return CreateStackResponse.builder().stackId(id).build();
  }

  UpdateStackResponse updateStack(UpdateStackRequest request) {
    LiveStack stack = engine.stacks().live(required(request.stackName()));
    UpdateStackResponse response = UpdateStackResponse.builder().stackId(stack.id()).build();
    StackInput input = StackInput.of(request);
    requireUpdatable(stack, input.onFailure());
    if (!stack.firstUse(request.clientRequestToken(), "update")) {
      return response;
    }
    Deployment deployment = deployments.of(input, stack.name(), stack.id(), stack, null);
    if (Changes.between(engine, stack, deployment).isEmpty()) {
      throw Invalid.request("No updates are to be performed.");
    }
    StackUpdate.start(engine, stack, deployment);
    return response;
  }

  static void requireUpdatable(LiveStack stack, Deployment.OnFailure onFailure) {
    if (!StackUpdate.allowed(onFailure).contains(stack.status())) {
      throw Invalid.request(
          "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
    }
  }

  DeleteStackResponse deleteStack(DeleteStackRequest request) {
    Optional<LiveStack> found = engine.stacks().find(required(request.stackName()));
    DeleteStackResponse done = DeleteStackResponse.builder().build();
    if (found.isEmpty() || found.get().isDeleted()) {
      return done;
    }
    LiveStack stack = found.get();
    if (stack.terminationProtection()) {
      throw Invalid.request(
          "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
    }
    boolean force = request.deletionMode() == DeletionMode.FORCE_DELETE_STACK;
    Set<String> retain = new HashSet<>(request.retainResources());
    boolean failed = stack.status() == StackStatus.DELETE_FAILED;
    if (!failed && (force || !retain.isEmpty())) {
      throw Invalid.request(
          "Invalid operation on stack ["
              + stack.id()
              + "]. RetainResources and FORCE_DELETE_STACK are for stacks in DELETE_FAILED state.");
    }
    requireKnown(stack, retain);
    if (stack.status() != StackStatus.DELETE_IN_PROGRESS) {
      StackDeletion.start(engine, stack, retain, force);
    }
    return done;
  }

  private static void requireKnown(LiveStack stack, Set<String> logicalIds) {
    Set<String> unknown = new TreeSet<>(logicalIds);
    stack.resources().forEach(each -> unknown.remove(each.logicalId()));
    if (!unknown.isEmpty()) {
      throw Invalid.request("The specified resources do not exist in the stack: " + unknown);
    }
  }

  CancelUpdateStackResponse cancelUpdateStack(CancelUpdateStackRequest request) {
    engine.stacks().live(required(request.stackName())).cancelUpdate();
    return CancelUpdateStackResponse.builder().build();
  }

  ContinueUpdateRollbackResponse continueUpdateRollback(ContinueUpdateRollbackRequest request) {
    LiveStack stack = engine.stacks().live(required(request.stackName()));
    Deployment failed = stack.deployment();
    if (stack.status() != StackStatus.UPDATE_ROLLBACK_FAILED || failed == null) {
      throw Invalid.request(
          "Stack:"
              + stack.id()
              + " is in "
              + stack.status()
              + " state and can not continue rollback.");
    }
    UpdateRollback.start(
        engine,
        stack,
        StackStatus.UPDATE_ROLLBACK_FAILED,
        failed,
        new HashSet<>(request.resourcesToSkip()));
    return ContinueUpdateRollbackResponse.builder().build();
  }

  RollbackStackResponse rollbackStack(RollbackStackRequest request) {
    LiveStack stack = engine.stacks().live(required(request.stackName()));
    Deployment failed = stack.deployment();
    if (failed != null && stack.status() == StackStatus.CREATE_FAILED) {
      StackCreation.rollBack(engine, stack, failed);
    } else if (failed != null && stack.status() == StackStatus.UPDATE_FAILED) {
      UpdateRollback.start(engine, stack, StackStatus.UPDATE_FAILED, failed, Set.of());
    } else {
      throw Invalid.request(
          "RollbackStack cannot be called from current stack status " + stack.status());
    }
    return RollbackStackResponse.builder().stackId(stack.id()).build();
  }

  UpdateTerminationProtectionResponse updateTerminationProtection(
      UpdateTerminationProtectionRequest request) {
    LiveStack stack = engine.stacks().live(required(request.stackName()));
    stack.protect(Boolean.TRUE.equals(request.enableTerminationProtection()));
    return UpdateTerminationProtectionResponse.builder().stackId(stack.id()).build();
  }

  /** A stack's name or id as a request gives it. */
  static String required(@Nullable String stackName) {
    if (stackName == null || stackName.isEmpty()) {
      throw Invalid.request(
          "1 validation error detected: Value null at 'stackName' failed to satisfy constraint:"
              + " Member must not be null");
    }
    return stackName;
  }
}
