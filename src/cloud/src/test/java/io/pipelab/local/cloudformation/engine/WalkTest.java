package io.pipelab.local.cloudformation.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.pipelab.local.cloudformation.template.Graph;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WalkTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final StackOverflowError error = new StackOverflowError();
  private final ExecutorService workers = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void anErrorIsThrownOnceEverythingThatRanHasEnded() {
    Graph graph = Graph.of(Map.of("bad", Set.of(), "slow", Set.of()));
    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, workers).execute(goOn::countDown);
    StackOverflowError thrown =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                assertThrows(
                    StackOverflowError.class,
                    () -> Walk.run(graph, workers, () -> false, this::task)));
    assertEquals(error, thrown);
    assertEquals(Set.of("slow"), ended);
  }

  @Test
  void nothingNewStartsAfterAnError() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    needs.put("bad", Set.of());
    needs.put("slow", Set.of());
    needs.put("after", Set.of("slow"));
    goOn.countDown();
    assertThrows(
        StackOverflowError.class,
        () -> Walk.run(Graph.of(needs), Runnable::run, () -> false, this::task));
    assertEquals(Set.of("slow"), ended);
  }

  private boolean task(String node) {
    if (node.equals("bad")) {
      throw error;
    }
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ended.add(node);
    return true;
  }
}
