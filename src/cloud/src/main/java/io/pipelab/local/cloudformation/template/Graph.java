package io.pipelab.local.cloudformation.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must come before what.
 *
 * @param needs for each node the nodes that come before it; all of them are nodes too
 */
public record Graph(Map<String, Set<String>> needs) {
  /** A graph of these nodes; needs that are not nodes are left out. */
  public static Graph of(Map<String, Set<String>> needs) {
    Map<String, Set<String>> own = new LinkedHashMap<>();
    needs.forEach(
        (node, before) -> {
          Set<String> known = new LinkedHashSet<>(before);
          known.retainAll(needs.keySet());
          own.put(node, known);
        });
    return new Graph(own);
  }

  /** The same graph, backwards. */
  public Graph reversed() {
    Map<String, Set<String>> reversed = new LinkedHashMap<>();
    needs.keySet().forEach(node -> reversed.put(node, new LinkedHashSet<>()));
    needs.forEach(
        (node, before) ->
            before.forEach(
                each -> reversed.computeIfAbsent(each, key -> new LinkedHashSet<>()).add(node)));
    return new Graph(reversed);
  }

  /** The graph of some of the nodes; an order by way of the others is kept. */
  public Graph among(Set<String> nodes) {
    Map<String, Set<String>> some = new LinkedHashMap<>();
    for (String node : needs.keySet()) {
      if (nodes.contains(node)) {
        Set<String> before = reachable(node);
        before.retainAll(nodes);
        before.remove(node);
        some.put(node, before);
      }
    }
    return new Graph(some);
  }

  /** The nodes, each after those that it needs. */
  public List<String> order() {
    Set<String> done = new LinkedHashSet<>();
    Set<String> open = new LinkedHashSet<>();
    needs.keySet().forEach(node -> visit(node, open, done));
    return List.copyOf(done);
  }

  private void visit(String node, Set<String> open, Set<String> done) {
    if (open.add(node)) {
      before(node).forEach(each -> visit(each, open, done));
      done.add(node);
    }
  }

  /** The same graph without the needs that contradict {@link #order}, should there be a cycle. */
  public Graph withoutCycles() {
    Map<String, Set<String>> kept = new LinkedHashMap<>();
    for (String node : order()) {
      Set<String> before = new LinkedHashSet<>(before(node));
      before.retainAll(kept.keySet());
      kept.put(node, before);
    }
    return new Graph(kept);
  }

  private Set<String> reachable(String node) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(before(node));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (reached.add(next)) {
        open.addAll(before(next));
      }
    }
    return reached;
  }

  /** The nodes that lie on a cycle, sorted; empty when there is an order. */
  public Set<String> cycle() {
    Set<String> cycle = new TreeSet<>();
    Set<String> unordered = unordered();
    for (String node : unordered) {
      if (reachable(node).contains(node)) {
        cycle.add(node);
      }
    }
    return cycle;
  }

  /** What is left when everything that can be put in order is taken away. */
  private Set<String> unordered() {
    Set<String> left = new LinkedHashSet<>(needs.keySet());
    while (left.removeIf(node -> before(node).stream().noneMatch(left::contains))) {
      // another round while one takes something away
    }
    return left;
  }

  private Set<String> before(String node) {
    return needs.getOrDefault(node, Set.of());
  }
}
