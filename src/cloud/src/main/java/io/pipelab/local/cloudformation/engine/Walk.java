package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task for every node of a graph: each after those that it needs, independent ones at once.
 */
final class Walk {
  private record Done(String node, boolean success, @Nullable Throwable bug) {}

  private final Executor workers;
  private final Predicate<String> task;
  private final LinkedBlockingQueue<Done> done = new LinkedBlockingQueue<>();

  private Walk(Executor workers, Predicate<String> task) {
    this.workers = workers;
    this.task = task;
  }

  /**
   * Walks the graph and waits for what was started. What a task throws is thrown here, an Error
   * too: without its report the walk would wait for ever.
   *
   * @param stopped nothing new starts once this is true
   * @param task returns false when it failed; what needs that node is then left out
   * @return the nodes that failed, the first one first
   */
  static Set<String> run(
      Graph graph, Executor workers, BooleanSupplier stopped, Predicate<String> task)
      throws InterruptedException {
    return new Walk(workers, task).run(graph, stopped);
  }

  private Set<String> run(Graph graph, BooleanSupplier stopped) throws InterruptedException {
    Map<String, Set<String>> blocked = new LinkedHashMap<>();
    Map<String, List<String>> dependents = new HashMap<>();
    graph
        .needs()
        .forEach(
            (node, needs) -> {
              blocked.put(node, new LinkedHashSet<>(needs));
              needs.forEach(
                  each -> dependents.computeIfAbsent(each, key -> new ArrayList<>()).add(node));
            });
    List<String> ready = new ArrayList<>();
    blocked.forEach((node, needs) -> addIf(needs.isEmpty(), ready, node));
    Set<String> failed = new LinkedHashSet<>();
    Throwable bug = null;
    int running = 0;
    while (true) {
      if (bug == null && !stopped.getAsBoolean()) {
        ready.forEach(this::start);
        running += ready.size();
      }
      ready.clear();
      if (running == 0) {
        rethrow(bug);
        return failed;
      }
      Done next = done.take();
      running--;
      bug = bug == null ? next.bug() : bug;
      if (!next.success()) {
        failed.add(next.node());
        continue;
      }
      for (String dependent : dependents.getOrDefault(next.node(), List.of())) {
        Set<String> needs = blocked.getOrDefault(dependent, Set.of());
        needs.remove(next.node());
        addIf(needs.isEmpty(), ready, dependent);
      }
    }
  }

  private static void rethrow(@Nullable Throwable bug) {
    if (bug instanceof Error error) {
      throw error;
    } else if (bug instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void addIf(boolean condition, List<String> list, String node) {
    if (condition) {
      list.add(node);
    }
  }

  private void start(String node) {
    workers.execute(
        () -> {
          try {
            done.add(new Done(node, task.test(node), null));
          } catch (RuntimeException | Error e) {
            done.add(new Done(node, false, e));
          }
        });
  }
}
