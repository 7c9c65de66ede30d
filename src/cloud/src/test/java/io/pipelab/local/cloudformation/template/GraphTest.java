package io.pipelab.local.cloudformation.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static Graph graph(Map<String, Set<String>> needs) {
    return Graph.of(new TreeMap<>(needs));
  }

  @Test
  void aPartKeepsTheOrderThroughWhatIsLeftOut() {
    Graph graph = graph(Map.of("A", Set.of("B"), "B", Set.of("C"), "C", Set.of()));
    assertEquals(Map.of("A", Set.of("C"), "C", Set.of()), graph.among(Set.of("A", "C")).needs());
  }

  @Test
  void backwardsIsTheOtherWayRound() {
    Graph graph = graph(Map.of("A", Set.of("B"), "B", Set.of()));
    assertEquals(Map.of("A", Set.of(), "B", Set.of("A")), graph.reversed().needs());
  }

  @Test
  void aCycleCanBeBroken() {
    Graph graph = graph(Map.of("A", Set.of("B"), "B", Set.of("A"), "C", Set.of("A")));
    assertEquals(Set.of("A", "B"), graph.cycle());
    assertEquals(Set.of(), graph.withoutCycles().cycle());
    assertEquals(List.of("B", "A", "C"), graph.withoutCycles().order());
  }

  @Test
  void aNodeThatNeedsItselfIsACycle() {
    assertEquals(Set.of("A"), graph(Map.of("A", Set.of("A"))).cycle());
  }
}
