package io.pipelab.local.ecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** All tasks as DescribeTasks shows them, those that stopped within the last hour too. */
final class Tasks {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** By id, oldest first. */
  private final Map<String, Task> byId = new LinkedHashMap<>();

  /** Who hears of changes. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param before null when the task is new
     */
    void changed(@Nullable Task before, Task after);
  }

  static String id(String idOrArn) {
    return idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
  }

  /** Tells of each change from now on, within the lock of the tasks. */
  void onChange(Listener listener) {
    listeners.add(listener);
  }

  synchronized void add(Task task) {
    byId.put(id(task.taskArn()), task);
    listeners.forEach(each -> each.changed(null, task));
  }

  synchronized @Nullable Task find(String idOrArn) {
    return byId.get(id(idOrArn));
  }

  synchronized List<Task> list() {
    return new ArrayList<>(byId.values());
  }

  /** Changes a task; every change is a new version of it. */
  synchronized Task change(String id, Consumer<Task.Builder> change) {
    Task before = byId.get(id);
    if (before == null) {
      throw new IllegalStateException("no task " + id);
    }
    Task.Builder after = before.toBuilder();
    change.accept(after);
    Task changed = after.version(before.version() + 1).build();
    byId.put(id, changed);
    listeners.forEach(each -> each.changed(before, changed));
    return changed;
  }

  /** Changes one container of a task. */
  synchronized Task changeContainer(String id, String name, Consumer<Container.Builder> change) {
    return change(
        id,
        task ->
            task.containers(
                task.build().containers().stream()
                    .map(
                        container ->
                            container.name().equals(name)
                                ? container.toBuilder().applyMutation(change).build()
                                : container)
                    .toList()));
  }

  synchronized void remove(String id) {
    byId.remove(id);
  }

  /** How many tasks of a cluster are in this state, by ARN. */
  synchronized int count(String clusterArn, boolean running) {
    return (int)
        byId.values().stream()
            .filter(task -> task.clusterArn().equals(clusterArn))
            .filter(
                task ->
                    running
                        ? task.lastStatus().equals("RUNNING")
                        : List.of("PROVISIONING", "PENDING", "ACTIVATING")
                            .contains(task.lastStatus()))
            .count();
  }

  /** Whether a cluster has tasks that have not stopped. */
  synchronized boolean isUsed(String clusterArn) {
    return byId.values().stream()
        .anyMatch(
            task -> task.clusterArn().equals(clusterArn) && !task.lastStatus().equals("STOPPED"));
  }

  /** How many tasks have not stopped. */
  synchronized int alive() {
    return (int)
        byId.values().stream().filter(task -> !task.lastStatus().equals("STOPPED")).count();
  }
}
