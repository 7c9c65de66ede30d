package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.LiveResource;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.template.ParameterDeclaration;
import io.pipelab.local.cloudformation.template.Template;
import io.pipelab.local.wire.SameMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftInformation;
import software.amazon.awssdk.services.cloudformation.model.StackDriftStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDetail;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Stacks and their resources as the API shows them. */
final class StackViews {
  private static final String MASK = "****";

  private StackViews() {}

  static Stack stack(LiveStack stack) {
    Deployment deployment = stack.deployment();
    Stack.Builder view =
        Stack.builder()
            .stackId(stack.id())
            .stackName(stack.name())
            .creationTime(stack.created())
            .lastUpdatedTime(stack.updated())
            .deletionTime(stack.deleted())
            .stackStatus(stack.status())
            .stackStatusReason(stack.reason())
            .enableTerminationProtection(stack.terminationProtection())
            // Left out where a template has none, and not an empty list.
            .outputs(stack.outputs().isEmpty() ? null : stack.outputs())
            .notificationARNs(List.of())
            .rollbackConfiguration(RollbackConfiguration.builder().build())
            .driftInformation(
                StackDriftInformation.builder()
                    .stackDriftStatus(StackDriftStatus.NOT_CHECKED)
                    .build());
    if (deployment == null) {
      return view.disableRollback(false).build();
    }
    return view.description(deployment.plan().template().description())
        .parameters(parameters(deployment))
        .tags(tags(deployment.tags()))
        .capabilitiesWithStrings(deployment.capabilities())
        .roleARN(deployment.roleArn())
        .changeSetId(deployment.changeSetId())
        .timeoutInMinutes(deployment.timeoutMinutes())
        .retainExceptOnCreate(deployment.retainExceptOnCreate() ? true : null)
        .disableRollback(deployment.onFailure() == Deployment.OnFailure.DO_NOTHING)
        .build();
  }

  /** The parameters' values, those of NoEcho parameters masked. */
  static List<Parameter> parameters(Deployment deployment) {
    Template template = deployment.plan().template();
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterDeclaration declaration : template.parameters().values()) {
      String value = deployment.plan().parameters().get(declaration.name());
      parameters.add(
          Parameter.builder()
              .parameterKey(declaration.name())
              .parameterValue(declaration.noEcho() ? MASK : value)
              .resolvedValue(deployment.plan().stored().get(declaration.name()))
              .build());
    }
    return parameters;
  }

  static List<Tag> tags(Map<String, String> tags) {
    List<Tag> list = new ArrayList<>();
    tags.forEach((key, value) -> list.add(Tag.builder().key(key).value(value).build()));
    return list;
  }

  static StackSummary summary(LiveStack stack) {
    Deployment deployment = stack.deployment();
    return SameMembers.copy(stack(stack), StackSummary.builder())
        .templateDescription(deployment == null ? null : deployment.plan().template().description())
        .driftInformation(drift -> drift.stackDriftStatus(StackDriftStatus.NOT_CHECKED))
        .build();
  }

  static StackResource resource(LiveStack stack, LiveResource resource) {
    return SameMembers.copy(resourceDetail(stack, resource), StackResource.builder())
        .timestamp(resource.since())
        .build();
  }

  static StackResourceSummary resourceSummary(LiveStack stack, LiveResource resource) {
    return SameMembers.copy(resourceDetail(stack, resource), StackResourceSummary.builder())
        .driftInformation(
            drift -> drift.stackResourceDriftStatus(StackResourceDriftStatus.NOT_CHECKED))
        .build();
  }

  static StackResourceDetail resourceDetail(LiveStack stack, LiveResource resource) {
    String metadata =
        resource.declaration().metadata() == null
            ? null
            : resource.declaration().metadata().toString();
    return StackResourceDetail.builder()
        .stackId(stack.id())
        .stackName(stack.name())
        .logicalResourceId(resource.logicalId())
        .physicalResourceId(physicalId(resource))
        .resourceType(resource.declaration().type())
        .lastUpdatedTimestamp(resource.since())
        .resourceStatus(resource.status())
        .resourceStatusReason(resource.reason())
        .metadata(metadata)
        .driftInformation(
            drift -> drift.stackResourceDriftStatus(StackResourceDriftStatus.NOT_CHECKED))
        .build();
  }

  private static @Nullable String physicalId(LiveResource resource) {
    return resource.physicalId().isEmpty() ? null : resource.physicalId();
  }
}
