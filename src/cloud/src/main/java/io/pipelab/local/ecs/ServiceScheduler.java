package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Keeps services at their desired counts: starts what is missing, stops what is too much, and moves
 * from one deployment to the next within the bounds of the deployment configuration ("Rolling
 * update" in the ECS guide). It looks at a service, on one thread, whenever one of its tasks
 * changes.
 */
final class ServiceScheduler implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServiceScheduler.class.getName());
  private static final String GROUP = "service:";

  /** What RunTask takes at once. */
  private static final int BATCH = 10;

  private final CloudClock clock;
  private final Services services;
  private final Tasks tasks;
  private final ResourceTags tags;
  private final RunTasks runTasks;
  private final EcsEvents events;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "ecs-services");
            worker.setDaemon(true);
            return worker;
          });

  ServiceScheduler(
      CloudClock clock,
      Services services,
      Tasks tasks,
      ResourceTags tags,
      RunTasks runTasks,
      EcsEvents events) {
    this.clock = clock;
    this.services = services;
    this.tasks = tasks;
    this.tags = tags;
    this.runTasks = runTasks;
    this.events = events;
    tasks.onChange(this::changed);
  }

  private void changed(@Nullable Task before, Task task) {
    if (before != null && task.group() != null && task.group().startsWith(GROUP)) {
      look(Services.path(task.clusterArn(), task.group().substring(GROUP.length())));
    }
  }

  /** Looks at a service soon. */
  void look(String path) {
    try {
      thread.execute(() -> reconcile(path));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "services are not looked at any more: {0}", path);
    }
  }

  private void reconcile(String path) {
    try {
      services.with(
          all -> {
            RunningService service = all.get(path);
            if (service != null && !service.status().equals(RunningService.INACTIVE)) {
              reconcile(service, path);
            }
            return all;
          });
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "service " + path + " was not looked at", e);
    }
  }

  /** A service's tasks as they are now. */
  private static final class Count {
    /** Of each kind those that nobody asked to stop, oldest first. */
    final List<String> current = new ArrayList<>();

    final List<String> former = new ArrayList<>();
    int currentRunning;
    int formerRunning;

    /** Those that end by themselves: until they have, it is not known when the next may start. */
    int ending;

    int all() {
      return current.size() + former.size() + ending;
    }
  }

  private void reconcile(RunningService service, String path) {
    removeStopped(service);
    Count count = count(service);
    if (service.status().equals(RunningService.DRAINING) && service.tasks().isEmpty()) {
      service.end();
      tags.forget(service.arn());
      return;
    }
    stopSurplus(service, count);
    start(service, path, count);
    boolean fulfilled =
        count.currentRunning == service.desired()
            && service.tasks().size() == service.desired()
            && count.former.isEmpty();
    if (!fulfilled) {
      service.unsteady();
    } else if (!service.steady().isDone() && service.status().equals(RunningService.ACTIVE)) {
      service.settle(clock.now());
      events.steady(service);
    }
  }

  /** Forgets the tasks that stopped; those that nobody asked to stop delay the next ones. */
  private void removeStopped(RunningService service) {
    Instant now = clock.now();
    Iterator<Map.Entry<String, ServiceDeployment>> each = service.tasks().entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, ServiceDeployment> entry = each.next();
      Task task = tasks.find(entry.getKey());
      if (task != null && !task.lastStatus().equals("STOPPED")) {
        continue;
      }
      each.remove();
      if (task != null && endedByItself(task)) {
        failed(service, entry.getValue(), task, now);
      }
    }
  }

  private static boolean endedByItself(Task task) {
    return task.stopCode() != TaskStopCode.SERVICE_SCHEDULER_INITIATED
        && task.stopCode() != TaskStopCode.USER_INITIATED;
  }

  private void failed(
      RunningService service, ServiceDeployment deployment, Task task, Instant now) {
    if (task.startedAt() == null) {
      deployment.taskFailed(now);
    }
    service.restarts().ended(task.startedAt(), now);
    if (service.restarts().failures() == 2) {
      service.tell(
          now,
          "is unable to consistently start tasks successfully. For more information, see the"
              + " Troubleshooting section of the Amazon ECS Developer Guide.");
      events.impaired(service);
    }
  }

  private Count count(RunningService service) {
    Count count = new Count();
    service
        .tasks()
        .forEach(
            (id, deployment) -> {
              Task task = tasks.find(id);
              if (task == null || !task.desiredStatus().equals("RUNNING")) {
                count.ending += task != null && endedByItself(task) ? 1 : 0;
                return;
              }
              boolean current = deployment == service.primary();
              (current ? count.current : count.former).add(id);
              if (task.lastStatus().equals("RUNNING")) {
                if (current) {
                  count.currentRunning++;
                } else {
                  count.formerRunning++;
                }
              }
            });
    return count;
  }

  /** Stops the newest of too many, and of former deployments as many as may be missing. */
  private void stopSurplus(RunningService service, Count count) {
    List<String> surplus = new ArrayList<>();
    while (count.current.size() > service.desired()) {
      surplus.add(count.current.remove(count.current.size() - 1));
    }
    int running = count.currentRunning + count.formerRunning;
    for (String id : List.copyOf(count.former)) {
      Task task = tasks.find(id);
      boolean runs = task != null && task.lastStatus().equals("RUNNING");
      if (!runs || running > service.least() || service.desired() == 0) {
        surplus.add(id);
        count.former.remove(id);
        running -= runs ? 1 : 0;
      }
    }
    if (surplus.isEmpty()) {
      return;
    }
    service.unsteady();
    String reason = "Scaling activity initiated by (deployment " + service.primary().id() + ")";
    for (String id : surplus) {
      TaskRun run = runTasks.find(id);
      if (run != null) {
        run.stop(TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason);
      }
    }
    service.tell(
        clock.now(), "has stopped " + surplus.size() + " running tasks: " + named(surplus) + ".");
  }

  private void start(RunningService service, String path, Count count) {
    int wanted = service.desired() - count.current.size() - count.ending;
    int missing = Math.min(wanted, service.most() - count.all());
    if (missing <= 0) {
      return;
    }
    service.unsteady();
    Duration wait = service.restarts().left(clock.now());
    if (!wait.isZero()) {
      clock.after(wait, () -> look(path));
      return;
    }
    List<String> started = new ArrayList<>();
    try {
      while (started.size() < missing) {
        int batch = Math.min(BATCH, missing - started.size());
        for (Task task : runTasks.runTask(request(service, batch)).tasks()) {
          started.add(Tasks.id(task.taskArn()));
        }
      }
    } catch (AwsError e) {
      service.restarts().ended(null, clock.now());
      service.tell(clock.now(), "was unable to place a task. Reason: " + e.getMessage());
      clock.after(service.restarts().left(clock.now()), () -> look(path));
    }
    started.forEach(id -> service.tasks().put(id, service.primary()));
    if (!started.isEmpty()) {
      service.tell(
          clock.now(), "has started " + started.size() + " tasks: " + named(started) + ".");
    }
  }

  private static String named(List<String> ids) {
    return ids.stream().map(id -> "(task " + id + ")").collect(Collectors.joining(" "));
  }

  private RunTaskRequest request(RunningService service, int count) {
    ServiceDeployment deployment = service.primary();
    List<Tag> own =
        service.propagateTags() == PropagateTags.SERVICE ? tags.of(service.arn()) : List.of();
    return RunTaskRequest.builder()
        .cluster(service.clusterArn())
        .taskDefinition(deployment.taskDefinition())
        .launchType(LaunchType.FARGATE)
        .networkConfiguration(deployment.network())
        .count(count)
        .group(GROUP + service.name())
        .startedBy(deployment.id())
        .propagateTags(
            service.propagateTags() == PropagateTags.TASK_DEFINITION
                ? PropagateTags.TASK_DEFINITION
                : PropagateTags.NONE)
        .tags(own)
        .build();
  }

  /** Looks at no service any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
