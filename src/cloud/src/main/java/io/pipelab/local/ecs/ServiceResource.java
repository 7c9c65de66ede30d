package io.pipelab.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** AWS::ECS::Service on Fargate; a stack waits until it has reached a steady state. */
final class ServiceResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::ECS::Service")
          .createOnly("Cluster", "LaunchType", "SchedulingStrategy", "ServiceName")
          .properties(
              "DeploymentConfiguration",
              "DesiredCount",
              "EnableECSManagedTags",
              "EnableExecuteCommand",
              "NetworkConfiguration",
              "PlatformVersion",
              "PropagateTags",
              "Tags",
              "TaskDefinition")
          .attributes("Name", "ServiceArn");

  private final ServiceActions actions;
  private final Services services;
  private final ResourceTags tags;

  ServiceResource(ServiceActions actions, Services services, ResourceTags tags) {
    this.actions = actions;
    this.services = services;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode properties = properties(request);
    properties.put("ServiceName", request.nameOr("ServiceName", 255));
    if (!properties.hasNonNull("DesiredCount")) {
      properties.put("DesiredCount", 1); // as CloudFormation has it, not the API
    }
    CreateServiceRequest bound = Pojos.bind(properties, CreateServiceRequest.builder());
    Service created =
        actions.createService(bound.toBuilder().tags(ResourceTags.of(request)).build()).service();
    return physical(created);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    ObjectNode properties = properties(after);
    properties.remove("LaunchType");
    properties.remove("SchedulingStrategy");
    properties.remove("ServiceName");
    properties.put("Service", current.physicalId());
    UpdateServiceRequest bound = Pojos.bind(properties, UpdateServiceRequest.builder());
    tags.replace(current.physicalId(), ResourceTags.of(after));
    return physical(actions.updateService(bound).service());
  }

  private static ObjectNode properties(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.remove("Tags");
    return properties;
  }

  @Override
  public PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request)
      throws InterruptedException {
    await(current, RunningService::steady);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    try {
      actions.deleteService(
          DeleteServiceRequest.builder()
              .cluster(last.text("Cluster"))
              .service(current.physicalId())
              .force(true)
              .build());
      await(current, RunningService::gone);
    } catch (AwsError e) {
      if (!e.isNotFound()) {
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AwsError.badRequest("ServiceUnavailable", "The deletion was interrupted.");
    }
  }

  private void await(
      PhysicalResource current, Function<RunningService, CompletableFuture<Void>> what)
      throws InterruptedException {
    String arn = current.physicalId();
    String path = arn.substring(arn.indexOf(":service/") + ":service/".length());
    CompletableFuture<Void> end =
        services.with(
            all -> {
              RunningService service = all.get(path);
              return service == null
                  ? CompletableFuture.completedFuture(null)
                  : what.apply(service);
            });
    try {
      end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    }
  }

  private static PhysicalResource physical(Service service) {
    return PhysicalResource.of(service.serviceArn())
        .with("Name", service.serviceName())
        .with("ServiceArn", service.serviceArn());
  }
}
