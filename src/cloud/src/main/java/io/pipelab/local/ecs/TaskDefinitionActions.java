package io.pipelab.local.ecs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Registering, describing, listing, deregistering and deleting task definitions. */
final class TaskDefinitionActions {
  private final TaskDefinitions definitions;
  private final ResourceTags tags;

  TaskDefinitionActions(TaskDefinitions definitions, ResourceTags tags) {
    this.definitions = definitions;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions
        .on(RegisterTaskDefinitionRequest.class, this::registerTaskDefinition)
        .on(DescribeTaskDefinitionRequest.class, this::describeTaskDefinition)
        .on(ListTaskDefinitionsRequest.class, this::listTaskDefinitions)
        .on(ListTaskDefinitionFamiliesRequest.class, this::listTaskDefinitionFamilies)
        .on(DeregisterTaskDefinitionRequest.class, this::deregisterTaskDefinition)
        .on(DeleteTaskDefinitionsRequest.class, this::deleteTaskDefinitions);
  }

  private RegisterTaskDefinitionResponse registerTaskDefinition(
      RegisterTaskDefinitionRequest request, Caller caller) {
    TaskDefinition registered = definitions.register(request, caller.arn());
    tags.add(registered.taskDefinitionArn(), request.tags());
    return RegisterTaskDefinitionResponse.builder()
        .taskDefinition(registered)
        .tags(tags.of(registered.taskDefinitionArn()))
        .build();
  }

  private DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    TaskDefinition definition = definitions.find(request.taskDefinition());
    if (definition == null) {
      throw EcsErrors.client("Unable to describe task definition.");
    }
    boolean tagged = request.include().contains(TaskDefinitionField.TAGS);
    return DescribeTaskDefinitionResponse.builder()
        .taskDefinition(definition)
        .tags(tagged ? tags.of(definition.taskDefinitionArn()) : List.of())
        .build();
  }

  private ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
    TaskDefinitionStatus status =
        Objects.requireNonNullElse(request.status(), TaskDefinitionStatus.ACTIVE);
    List<String> arns = new ArrayList<>();
    for (TaskDefinition definition : definitions.list()) {
      boolean ofFamily =
          request.familyPrefix() == null || definition.family().equals(request.familyPrefix());
      if (ofFamily && definition.status() == status) {
        arns.add(definition.taskDefinitionArn());
      }
    }
    if (request.sort() == SortOrder.DESC) {
      Collections.reverse(arns);
    }
    Page<String> page = Page.of(arns, request.nextToken(), request.maxResults(), 100);
    return ListTaskDefinitionsResponse.builder()
        .taskDefinitionArns(page.items())
        .nextToken(page.next())
        .build();
  }

  private ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(
      ListTaskDefinitionFamiliesRequest request) {
    TaskDefinitionFamilyStatus status =
        Objects.requireNonNullElse(request.status(), TaskDefinitionFamilyStatus.ACTIVE);
    List<TaskDefinition> all = definitions.list();
    List<String> families =
        all.stream()
            .map(TaskDefinition::family)
            .distinct()
            .filter(
                family ->
                    request.familyPrefix() == null || family.startsWith(request.familyPrefix()))
            .filter(
                family ->
                    status == TaskDefinitionFamilyStatus.ALL
                        || isActive(all, family) == (status == TaskDefinitionFamilyStatus.ACTIVE))
            .toList();
    Page<String> page = Page.of(families, request.nextToken(), request.maxResults(), 100);
    return ListTaskDefinitionFamiliesResponse.builder()
        .families(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean isActive(List<TaskDefinition> all, String family) {
    return all.stream()
        .anyMatch(
            definition ->
                definition.family().equals(family)
                    && definition.status() == TaskDefinitionStatus.ACTIVE);
  }

  private DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request) {
    return DeregisterTaskDefinitionResponse.builder()
        .taskDefinition(definitions.deregister(request.taskDefinition()))
        .build();
  }

  private DeleteTaskDefinitionsResponse deleteTaskDefinitions(
      DeleteTaskDefinitionsRequest request) {
    if (request.taskDefinitions().isEmpty() || request.taskDefinitions().size() > 10) {
      throw EcsErrors.invalid("taskDefinitions must have 1 to 10 items.");
    }
    List<TaskDefinition> deleted = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String reference : request.taskDefinitions()) {
      TaskDefinition definition = definitions.exact(reference);
      if (definition == null) {
        failures.add(failure(reference, "The specified task definition does not exist."));
      } else if (definition.status() == TaskDefinitionStatus.ACTIVE) {
        failures.add(
            failure(
                definition.taskDefinitionArn(),
                "The specified task definition is still in ACTIVE status. Please deregister the"
                    + " target and try again."));
      } else {
        deleted.add(definitions.delete(definition));
        tags.forget(definition.taskDefinitionArn());
      }
    }
    return DeleteTaskDefinitionsResponse.builder()
        .taskDefinitions(deleted)
        .failures(failures)
        .build();
  }

  private static Failure failure(String reference, String reason) {
    return Failure.builder().arn(reference).reason(reason).build();
  }
}
