package io.pipelab.local.ecs;

import io.pipelab.local.container.UnpackedImages;
import io.pipelab.local.ecs.container.ContainerFailure;
import io.pipelab.local.ecs.container.ContainerHost;
import io.pipelab.local.ecs.container.RunningContainer;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * One task's life, from PROVISIONING to STOPPED ("Task lifecycle" in the ECS guide), on one thread.
 */
final class TaskRun implements Runnable {
  private static final System.Logger LOG = System.getLogger(TaskRun.class.getName());
  private static final int STOP_TIMEOUT_SECONDS = 30;
  private static final Duration VISIBLE = Duration.ofHours(1);

  /** Why a task stops. */
  private record Cause(TaskStopCode code, String reason) {}

  /** What all tasks share. */
  record Agent(
      CloudIdentity identity,
      CloudClock clock,
      Tasks tasks,
      ResourceTags tags,
      TaskCredentials credentials,
      ContainerHost host,
      AwsLogs logs,
      ExecutionRole role) {}

  private final Agent agent;
  private final TaskLaunch launch;
  private final CompletableFuture<Cause> cause = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Map<String, RunningContainer> running = new ConcurrentHashMap<>();
  private final List<CompletableFuture<?>> recorded = new ArrayList<>();

  TaskRun(Agent agent, TaskLaunch launch) {
    this.agent = agent;
    this.launch = launch;
  }

  String id() {
    return launch.id();
  }

  /** Its processes now, by container. */
  Map<String, RunningContainer> containers() {
    return running;
  }

  /** Asks the task to stop; the first reason counts. */
  Task stop(TaskStopCode code, String reason) {
    if (cause.complete(new Cause(code, reason))) {
      return agent
          .tasks()
          .change(
              id(),
              task ->
                  task.desiredStatus("STOPPED")
                      .stopCode(code)
                      .stoppedReason(reason)
                      .stoppingAt(agent.clock().now()));
    }
    return agent.tasks().change(id(), task -> {});
  }

  /** Sends SIGKILL to what is left of it. */
  void kill() {
    running.values().forEach(RunningContainer::kill);
  }

  /** Completed when the task is STOPPED. */
  CompletableFuture<Void> stopped() {
    return stopped;
  }

  @Override
  public void run() {
    Map<String, UnpackedImages.Lease> images = new LinkedHashMap<>();
    try {
      provision();
      pull(images);
      start(images);
      Cause end = cause.join();
      LOG.log(Level.DEBUG, "task {0} stops: {1}", id(), end.reason());
    } catch (ContainerFailure e) {
      stop(TaskStopCode.TASK_FAILED_TO_START, e.getMessage());
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      end(images.values());
    }
  }

  /** Begins the task's life; one that gets no thread stops at once. */
  void start() {
    Thread thread = new Thread(this, "ecs-task-" + id());
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (Error e) { // the machine has no more threads
      fail(e);
      end(List.of());
    }
  }

  private void fail(Throwable e) {
    LOG.log(Level.ERROR, "task " + id() + " failed", e);
    stop(TaskStopCode.TASK_FAILED_TO_START, "InternalError: " + e.getMessage());
  }

  /** Whatever fails on the way, the task ends, and who waits for that learns it. */
  private void end(Collection<UnpackedImages.Lease> images) {
    attempt(this::stopContainers);
    attempt(this::kill);
    attempt(this::deprovision);
    images.forEach(image -> attempt(image::close));
    stopped.complete(null);
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "task " + id() + " did not end cleanly", e);
    }
  }

  private boolean isStopping() {
    return cause.isDone();
  }

  private void status(String lastStatus) {
    agent.tasks().change(id(), task -> task.lastStatus(lastStatus));
  }

  private void provision() {
    agent
        .tasks()
        .change(
            id(),
            task ->
                task.lastStatus("PENDING")
                    .attachments(attachments(task.build(), "ATTACHED"))
                    .connectivity(Connectivity.CONNECTED)
                    .connectivityAt(agent.clock().now()));
  }

  private static List<Attachment> attachments(Task task, String status) {
    return task.attachments().stream()
        .map(attachment -> attachment.toBuilder().status(status).build())
        .toList();
  }

  private void pull(Map<String, UnpackedImages.Lease> images) throws ContainerFailure {
    agent.tasks().change(id(), task -> task.pullStartedAt(agent.clock().now()));
    for (ContainerDefinition container : launch.definition().containerDefinitions()) {
      if (isStopping()) {
        return;
      }
      UnpackedImages.Lease image = failing(container, () -> pull(container.image()));
      images.put(container.name(), image);
      agent
          .tasks()
          .changeContainer(id(), container.name(), it -> it.imageDigest(image.image().digest()));
    }
    agent.tasks().change(id(), task -> task.pullStoppedAt(agent.clock().now()));
  }

  private UnpackedImages.Lease pull(String image) throws ContainerFailure {
    agent.role().requirePull(image, writer());
    return agent.host().pull(image);
  }

  private Caller writer() {
    return ExecutionRole.writer(agent.identity(), launch.executionRole(), id());
  }

  private void start(Map<String, UnpackedImages.Lease> images) throws ContainerFailure {
    status("ACTIVATING");
    for (ContainerDefinition container : launch.definition().containerDefinitions()) {
      UnpackedImages.Lease image = images.get(container.name());
      if (isStopping() || image == null) {
        return;
      }
      start(container, image);
    }
    agent
        .tasks()
        .change(
            id(),
            task -> {
              if (!isStopping()) {
                task.lastStatus("RUNNING");
              }
              task.startedAt(agent.clock().now());
            });
  }

  private void start(ContainerDefinition container, UnpackedImages.Lease image)
      throws ContainerFailure {
    String name = container.name();
    String runtimeId = runtimeId(name);
    Map<String, String> own =
        Map.of(
            "ECS_CONTAINER_METADATA_URI_V4",
            agent.identity().endpoint() + AgentEndpoint.METADATA + runtimeId);
    var log = failing(container, () -> agent.logs().open(container, id(), writer()));
    RunningContainer process =
        failing(
            container,
            () ->
                agent
                    .host()
                    .start(runtimeId, image, launch.spec(container, own), launch.site(), log));
    running.put(name, process);
    agent.tasks().changeContainer(id(), name, it -> it.lastStatus("RUNNING"));
    recorded.add(
        process
            .exit()
            .handle(
                (code, failure) -> {
                  exited(container, code);
                  return code;
                }));
  }

  /**
   * Records a container's end.
   *
   * @param code null when it could not be learned
   */
  private void exited(ContainerDefinition container, @Nullable Integer code) {
    try {
      running.remove(container.name());
      agent
          .tasks()
          .changeContainer(id(), container.name(), it -> it.lastStatus("STOPPED").exitCode(code));
    } finally {
      if (container.essential()) {
        stop(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
      }
    }
  }

  private String runtimeId(String container) {
    Task task = Objects.requireNonNull(agent.tasks().find(id()));
    return task.containers().stream()
        .filter(it -> it.name().equals(container))
        .findFirst()
        .orElseThrow()
        .runtimeId();
  }

  /** A step of one container; its failure is also the container's reason. */
  private <T> T failing(ContainerDefinition container, Step<T> step) throws ContainerFailure {
    try {
      return step.run();
    } catch (ContainerFailure e) {
      agent.tasks().changeContainer(id(), container.name(), it -> it.reason(e.getMessage()));
      throw e;
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run() throws ContainerFailure;
  }

  /** SIGTERM to all; SIGKILL to each that is still there after its stop timeout. */
  private void stopContainers() {
    if (running.isEmpty() && recorded.isEmpty()) {
      return;
    }
    status("DEACTIVATING");
    status("STOPPING");
    long begun = System.nanoTime();
    running.values().forEach(RunningContainer::terminate);
    for (ContainerDefinition container : launch.definition().containerDefinitions()) {
      RunningContainer process = running.get(container.name());
      if (process != null) {
        int seconds = Objects.requireNonNullElse(container.stopTimeout(), STOP_TIMEOUT_SECONDS);
        long left = TimeUnit.SECONDS.toNanos(seconds) - (System.nanoTime() - begun);
        process
            .exit()
            .thenApply(code -> true)
            .completeOnTimeout(false, Math.max(0, left), TimeUnit.NANOSECONDS)
            .thenAccept(
                ended -> {
                  if (!ended) {
                    process.kill();
                  }
                })
            .join();
      }
    }
    CompletableFuture.allOf(recorded.toArray(CompletableFuture[]::new)).join();
  }

  private void deprovision() {
    agent.credentials().revoke(id());
    agent
        .tasks()
        .change(
            id(),
            task -> task.lastStatus("DEPROVISIONING").executionStoppedAt(agent.clock().now()));
    agent
        .tasks()
        .change(
            id(),
            task ->
                task.lastStatus("STOPPED")
                    .desiredStatus("STOPPED")
                    .attachments(attachments(task.build(), "DELETED"))
                    .containers(
                        task.build().containers().stream()
                            .map(it -> it.toBuilder().lastStatus("STOPPED").build())
                            .toList())
                    .stoppedAt(agent.clock().now()));
    agent.clock().after(VISIBLE, this::forget);
  }

  private void forget() {
    Task task = agent.tasks().find(id());
    if (task != null) {
      agent.tasks().remove(id());
      agent.tags().forget(task.taskArn());
    }
  }
}
