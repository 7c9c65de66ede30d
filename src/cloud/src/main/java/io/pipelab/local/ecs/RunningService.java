package io.pipelab.local.ecs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/** One service's state. Not safe for threads; {@link Services} guards it. */
final class RunningService {
  static final String ACTIVE = "ACTIVE";
  static final String DRAINING = "DRAINING";
  static final String INACTIVE = "INACTIVE";
  private static final int MAX_EVENTS = 100;

  private final CreateServiceRequest request;
  private final String arn;
  private final String clusterArn;
  private final Instant created;
  private final Deque<ServiceEvent> events = new ArrayDeque<>();

  /** The primary one first. */
  private final List<ServiceDeployment> deployments = new ArrayList<>();

  /** The tasks that have not stopped yet, oldest first, and the deployment of each. */
  private final Map<String, ServiceDeployment> tasks = new LinkedHashMap<>();

  /** Since when it is steady; completed as soon as it is. */
  private CompletableFuture<Void> steady = new CompletableFuture<>();

  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final Restarts restarts = new Restarts();
  private DeploymentConfiguration configuration;
  private PropagateTags propagateTags;
  private String status = ACTIVE;
  private int desired;

  RunningService(CreateServiceRequest request, String arn, String clusterArn, Instant created) {
    this.request = request;
    this.arn = arn;
    this.clusterArn = clusterArn;
    this.created = created;
    this.configuration = ServiceRules.configuration(request.deploymentConfiguration());
    this.propagateTags =
        request.propagateTags() == null ? PropagateTags.NONE : request.propagateTags();
  }

  /** As it was asked for. */
  CreateServiceRequest request() {
    return request;
  }

  String name() {
    return request.serviceName();
  }

  String arn() {
    return arn;
  }

  String clusterArn() {
    return clusterArn;
  }

  String status() {
    return status;
  }

  int desired() {
    return desired;
  }

  Restarts restarts() {
    return restarts;
  }

  PropagateTags propagateTags() {
    return propagateTags;
  }

  ServiceDeployment primary() {
    return deployments.get(0);
  }

  /** The tasks' ids, oldest first, and their deployments. */
  Map<String, ServiceDeployment> tasks() {
    return tasks;
  }

  /** At least so many run during a deployment. */
  int least() {
    return (desired * configuration.minimumHealthyPercent() + 99) / 100;
  }

  /** At most so many are there during a deployment. */
  int most() {
    return desired * configuration.maximumPercent() / 100;
  }

  /** Completed when the present wish is fulfilled. */
  CompletableFuture<Void> steady() {
    return steady;
  }

  /** Completed when it is INACTIVE. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  void configure(@Nullable DeploymentConfiguration changed, @Nullable PropagateTags propagate) {
    if (changed != null) {
      configuration = ServiceRules.configuration(changed);
    }
    if (propagate != null) {
      propagateTags = propagate;
    }
  }

  void scale(int count) {
    desired = count;
    unsteady();
  }

  /** Makes a deployment the primary one. */
  void deploy(ServiceDeployment deployment) {
    deployments.add(0, deployment);
    restarts.forget();
    unsteady();
  }

  void unsteady() {
    if (steady.isDone()) {
      steady = new CompletableFuture<>();
    }
  }

  /** Takes note that all is as it should be. */
  void settle(Instant now) {
    ServiceDeployment primary = primary();
    deployments.subList(1, deployments.size()).clear();
    if (primary.inProgress()) {
      primary.complete(now);
      tell(now, "(deployment " + primary.id() + ") deployment completed.");
    }
    tell(now, "has reached a steady state.");
    steady.complete(null);
  }

  void drain() {
    status = DRAINING;
    scale(0);
  }

  void end() {
    status = INACTIVE;
    deployments.clear();
    gone.complete(null);
  }

  void tell(Instant now, String what) {
    events.addFirst(
        ServiceEvent.builder()
            .id(UUID.randomUUID().toString())
            .createdAt(now)
            .message("(service " + name() + ") " + what)
            .build());
    if (events.size() > MAX_EVENTS) {
      events.removeLast();
    }
  }

  /** As DescribeServices shows it, without tags. */
  Service shown(Tasks all) {
    List<Deployment> shown = new ArrayList<>();
    int running = 0;
    int pending = 0;
    for (int i = 0; i < deployments.size(); i++) {
      ServiceDeployment each = deployments.get(i);
      int itsRunning = count(all, each, true);
      int itsPending = count(all, each, false);
      running += itsRunning;
      pending += itsPending;
      shown.add(
          each.shown(i == 0, i == 0 ? desired : itsRunning + itsPending, itsRunning, itsPending));
    }
    return Service.builder()
        .serviceArn(arn)
        .serviceName(name())
        .clusterArn(clusterArn)
        .status(status)
        .desiredCount(desired)
        .runningCount(running)
        .pendingCount(pending)
        .launchType(LaunchType.FARGATE)
        .platformVersion("LATEST")
        .platformFamily("Linux")
        .taskDefinition(shown.isEmpty() ? null : primary().taskDefinition())
        .networkConfiguration(shown.isEmpty() ? null : primary().network())
        .deploymentConfiguration(configuration)
        .deployments(shown)
        .events(List.copyOf(events))
        .createdAt(created)
        .loadBalancers(List.of())
        .serviceRegistries(List.of())
        .placementConstraints(List.of())
        .placementStrategy(List.of())
        .schedulingStrategy(SchedulingStrategy.REPLICA)
        .deploymentController(controller -> controller.type(DeploymentControllerType.ECS))
        .enableECSManagedTags(false)
        .enableExecuteCommand(false)
        .propagateTags(propagateTags)
        .build();
  }

  private int count(Tasks all, ServiceDeployment deployment, boolean running) {
    int count = 0;
    for (Map.Entry<String, ServiceDeployment> each : tasks.entrySet()) {
      Task task = each.getValue() == deployment ? all.find(each.getKey()) : null;
      if (task != null
          && task.desiredStatus().equals("RUNNING")
          && task.lastStatus().equals("RUNNING") == running) {
        count++;
      }
    }
    return count;
  }
}
