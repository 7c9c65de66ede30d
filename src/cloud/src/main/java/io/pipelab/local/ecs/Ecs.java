package io.pipelab.local.ecs;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.container.UnpackedImages;
import io.pipelab.local.ecs.container.ContainerHost;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.kernel.ServiceEvents;
import io.pipelab.local.kernel.TaskRunner;
import io.pipelab.local.kernel.VpcNetwork;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.HonouredMembers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** ECS of the embedded cloud: Fargate tasks as child processes, standalone and of services. */
public final class Ecs implements AwsService {
  /** How long a task has to finish its work when the cloud stops. */
  private static final int GRACE_SECONDS = 3;

  private final Clusters clusters;
  private final TaskDefinitions definitions;
  private final Tasks tasks = new Tasks();
  private final ResourceTags tags = new ResourceTags();
  private final UnpackedImages images;
  private final RunTasks runTasks;
  private final Services services = new Services();
  private final ServiceScheduler scheduler;
  private final EcsEvents events;
  private final ServiceActions serviceActions;
  private final AccessCheck access;
  private final PassedRoles passing;
  private final ClusterActions clusterActions;
  private final AgentEndpoint agentEndpoint;

  /**
   * @param interfaces where tasks get theirs
   * @param tenants who is told in which network each task is
   * @param access asked for what is done with tasks' roles
   * @param directory where images are unpacked and tasks have their files; emptied on {@link
   *     #close()}
   */
  public Ecs(
      CloudIdentity identity,
      CloudClock clock,
      VpcNetwork network,
      NetworkInterfaces interfaces,
      NetworkTenants tenants,
      ContainerImages containerImages,
      ChildProcesses processes,
      RoleSessions sessions,
      AccessControl access,
      LogSink logs,
      Path directory) {
    Path javaHome = Path.of(System.getProperty("java.home"));
    this.clusters = new Clusters(identity);
    this.definitions = new TaskDefinitions(identity, clock);
    this.images = new UnpackedImages(containerImages, directory.resolve("images"));
    TaskCredentials credentials = new TaskCredentials(identity, sessions, Clock.systemUTC());
    TaskRun.Agent agent =
        new TaskRun.Agent(
            identity,
            clock,
            tasks,
            tags,
            credentials,
            new ContainerHost(images, processes, tenants, directory.resolve("tasks"), javaHome),
            new AwsLogs(logs),
            new ExecutionRole(access, identity));
    this.access = new AccessCheck(access, identity);
    this.passing = new PassedRoles(this.access);
    this.runTasks =
        new RunTasks(
            agent,
            clusters,
            definitions,
            new TaskNetwork(network, interfaces, identity),
            new NewTasks(identity, clock));
    this.clusterActions = new ClusterActions(clusters, tasks, services, tags);
    this.events = new EcsEvents(clock);
    tasks.onChange(events);
    this.scheduler = new ServiceScheduler(clock, services, tasks, tags, runTasks, events);
    this.serviceActions =
        new ServiceActions(clock, clusters, runTasks, services, scheduler, tasks, tags);
    this.agentEndpoint = new AgentEndpoint(identity, tasks, credentials);
  }

  /** Tells of tasks and services from now on. */
  public void connect(ServiceEvents port) {
    events.connect(port);
  }

  @Override
  public String signingName() {
    return "ecs";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    clusterActions.addTo(actions);
    new TaskDefinitionActions(definitions, tags).addTo(actions);
    taskActions().addTo(actions);
    serviceActions.addTo(actions);
    new TagActions(clusters, definitions, tasks, services, tags).addTo(actions);
    return actions;
  }

  private TaskActions taskActions() {
    return new TaskActions(clusters, tasks, tags, runTasks, services, passing);
  }

  /** How rules run tasks: asked, and refused, as if they called RunTask. */
  public TaskRunner taskRunner() {
    HonouredMembers declared = new HonouredMembers("ecs", Ecs.class);
    TaskActions running = taskActions();
    return (request, caller) -> {
      access.require(request, caller, declared, "ecs", "");
      declared.require(request);
      running.runTask(request, caller);
    };
  }

  /** AWS::ECS types. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new ClusterResource(clusters, clusterActions, tags),
        new TaskDefinitionResource(definitions, tags),
        new ServiceResource(serviceActions, services, tags));
  }

  /** The credentials and metadata endpoints that tasks see, under {@code /_ecs/}. */
  public HttpEndpoint agentEndpoint() {
    return agentEndpoint;
  }

  /** AWS/ECS metrics. */
  public MetricSource metricSource() {
    return new Utilization(clusters, tasks, runTasks);
  }

  /** Stops all tasks and deletes their files. */
  @Override
  public void close() {
    scheduler.close();
    runTasks.close();
    List<TaskRun> alive = runTasks.alive();
    alive.forEach(run -> run.stop(TaskStopCode.TERMINATION_NOTICE, "The embedded cloud stops"));
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            alive.stream().map(TaskRun::stopped).toArray(CompletableFuture[]::new));
    all.copy().completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
    alive.forEach(TaskRun::kill);
    all.completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
    images.close();
  }
}
