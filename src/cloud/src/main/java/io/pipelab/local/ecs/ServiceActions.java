package io.pipelab.local.ecs;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** CreateService, DescribeServices, ListServices, UpdateService and DeleteService. */
final class ServiceActions {
  private static final int MOST_DESCRIBED = 10;
  private static final int MOST_LISTED = 100;

  private final CloudClock clock;
  private final Clusters clusters;
  private final RunTasks runTasks;
  private final Services services;
  private final ServiceScheduler scheduler;
  private final Tasks tasks;
  private final ResourceTags tags;
  private final SecureRandom random = new SecureRandom();

  ServiceActions(
      CloudClock clock,
      Clusters clusters,
      RunTasks runTasks,
      Services services,
      ServiceScheduler scheduler,
      Tasks tasks,
      ResourceTags tags) {
    this.clock = clock;
    this.clusters = clusters;
    this.runTasks = runTasks;
    this.services = services;
    this.scheduler = scheduler;
    this.tasks = tasks;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateServiceRequest.class, this::createService)
        .on(DescribeServicesRequest.class, this::describeServices)
        .on(ListServicesRequest.class, this::listServices)
        .on(UpdateServiceRequest.class, this::updateService)
        .on(DeleteServiceRequest.class, this::deleteService);
  }

  CreateServiceResponse createService(CreateServiceRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    ServiceRules.check(request);
    TaskDefinition definition =
        runTasks.fargate(request.taskDefinition(), request.networkConfiguration());
    String arn =
        cluster.clusterArn().replace(":cluster/", ":service/") + "/" + request.serviceName();
    String path = Services.path(cluster.clusterArn(), arn);
    Service created =
        services.with(
            all -> {
              RunningService there = all.get(path);
              if (there != null && !there.status().equals(RunningService.INACTIVE)) {
                return again(there, request);
              }
              RunningService service =
                  new RunningService(request, arn, cluster.clusterArn(), clock.now());
              service.scale(request.desiredCount());
              service.deploy(deployment(definition, request.networkConfiguration()));
              tags.replace(arn, request.tags());
              all.put(path, service);
              return shown(service, true);
            });
    scheduler.look(path);
    return CreateServiceResponse.builder().service(created).build();
  }

  /** The answer to a request that comes once more. */
  private Service again(RunningService there, CreateServiceRequest request) {
    if (there.status().equals(RunningService.DRAINING)) {
      throw EcsErrors.invalid("Unable to Start a service that is still Draining.");
    }
    if (request.clientToken() == null || !there.request().equals(request)) {
      throw EcsErrors.invalid("Creation of service was not idempotent.");
    }
    return shown(there, true);
  }

  private ServiceDeployment deployment(TaskDefinition definition, NetworkConfiguration network) {
    long number = Math.floorMod(random.nextLong(), 1_000_000_000_000_000_000L);
    return new ServiceDeployment(
        "ecs-svc/" + (1_000_000_000_000_000_000L + number),
        definition.taskDefinitionArn(),
        network,
        clock.now());
  }

  private Service shown(RunningService service, boolean tagged) {
    Service shown = service.shown(tasks);
    return tagged ? shown.toBuilder().tags(tags.of(service.arn())).build() : shown;
  }

  DescribeServicesResponse describeServices(DescribeServicesRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    if (request.services().isEmpty()) {
      throw EcsErrors.invalid("Services cannot be empty.");
    }
    if (request.services().size() > MOST_DESCRIBED) {
      throw EcsErrors.invalid("Services can have at most 10 items.");
    }
    boolean tagged = request.include().contains(ServiceField.TAGS);
    List<Service> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    services.with(
        all -> {
          for (String reference : request.services()) {
            String path = Services.path(cluster.clusterArn(), reference);
            RunningService service = all.get(path);
            if (service != null) {
              found.add(shown(service, tagged));
            } else {
              String arn = cluster.clusterArn().replaceFirst(":cluster/.*", ":service/" + path);
              failures.add(Failure.builder().arn(arn).reason("MISSING").build());
            }
          }
          return all;
        });
    return DescribeServicesResponse.builder().services(found).failures(failures).build();
  }

  private ListServicesResponse listServices(ListServicesRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    boolean any =
        (request.launchType() == null || request.launchType() == LaunchType.FARGATE)
            && (request.schedulingStrategy() == null
                || request.schedulingStrategy() == SchedulingStrategy.REPLICA);
    List<String> arns =
        any
            ? services.of(cluster.clusterArn()).stream().map(RunningService::arn).toList()
            : List.of();
    int size = Objects.requireNonNullElse(request.maxResults(), MOST_DESCRIBED);
    Page<String> page = Page.of(arns, request.nextToken(), size, MOST_LISTED);
    return ListServicesResponse.builder().serviceArns(page.items()).nextToken(page.next()).build();
  }

  UpdateServiceResponse updateService(UpdateServiceRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    String path = Services.path(cluster.clusterArn(), request.service());
    Service changed =
        services.with(
            all -> {
              RunningService service = services.get(cluster.clusterArn(), request.service());
              if (!service.status().equals(RunningService.ACTIVE)) {
                throw AwsError.badRequest("ServiceNotActiveException", "Service was not ACTIVE.");
              }
              update(service, request);
              return shown(service, true);
            });
    scheduler.look(path);
    return UpdateServiceResponse.builder().service(changed).build();
  }

  private void update(RunningService service, UpdateServiceRequest request) {
    ServiceDeployment primary = service.primary();
    NetworkConfiguration network =
        Objects.requireNonNullElse(request.networkConfiguration(), primary.network());
    TaskDefinition definition =
        runTasks.fargate(
            Objects.requireNonNullElse(request.taskDefinition(), primary.taskDefinition()),
            network);
    int desired = Objects.requireNonNullElse(request.desiredCount(), service.desired());
    ServiceRules.checkCount(desired);
    service.configure(request.deploymentConfiguration(), request.propagateTags());
    if (desired != service.desired()) {
      service.scale(desired);
    }
    if (Boolean.TRUE.equals(request.forceNewDeployment())
        || !definition.taskDefinitionArn().equals(primary.taskDefinition())
        || !network.equals(primary.network())) {
      service.deploy(deployment(definition, network));
    }
  }

  DeleteServiceResponse deleteService(DeleteServiceRequest request) {
    Cluster cluster = clusters.get(request.cluster());
    String path = Services.path(cluster.clusterArn(), request.service());
    Service draining =
        services.with(
            all -> {
              RunningService service = services.get(cluster.clusterArn(), request.service());
              if (service.status().equals(RunningService.INACTIVE)) {
                throw AwsError.badRequest("ServiceNotFoundException", "Service not found.");
              }
              if (service.desired() > 0 && !Boolean.TRUE.equals(request.force())) {
                throw EcsErrors.invalid(
                    "The service cannot be stopped while it is scaled above 0.");
              }
              service.drain();
              return shown(service, false);
            });
    scheduler.look(path);
    return DeleteServiceResponse.builder().service(draining).build();
  }
}
