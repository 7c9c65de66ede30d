package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Who waits for a function, or for a queue's messages, has no thread to himself. */
@Timeout(300)
final class WaitsHoldNoThreadTest {
  private static final int INVOKES = 300;
  private static final int MAPPINGS = 200;

  /** What belongs to the processes, of which there are at most a few, and not to who waits. */
  private static final List<String> OF_PROCESSES = List.of("lambda-output", "process reaper");

  @Test
  void invokesOfABlockedFunctionAndIdleMappings(@TempDir Path directory) throws Exception {
    List<CompletableFuture<InvokeResponse>> invokes = new ArrayList<>();
    try (LambdaFixture cloud = new LambdaFixture(directory)) {
      cloud.neverAsking = true;
      cloud.call(cloud.plain("blocked").timeout(900).build());
      Set<Thread> before = threads();
      for (int i = 0; i < INVOKES; i++) {
        invokes.add(cloud.begin(invoke(InvocationType.REQUEST_RESPONSE)));
        cloud.call(invoke(InvocationType.EVENT));
      }
      for (int i = 0; i < MAPPINGS; i++) {
        map(cloud, "queue-" + i);
      }
      assertTrue(cloud.receives.tryAcquire(MAPPINGS, 60, TimeUnit.SECONDS));
      assertTrue(cloud.started.tryAcquire(1, 60, TimeUnit.SECONDS));
      Set<Thread> more = threads();
      more.removeAll(before);
      assertTrue(more.size() <= 20, () -> more.size() + " more threads: " + names(more));
      assertTrue(invokes.stream().noneMatch(CompletableFuture::isDone));
    }
    for (CompletableFuture<InvokeResponse> each : invokes) {
      assertEnded(each);
    }
  }

  private static void assertEnded(CompletableFuture<InvokeResponse> invoke) throws Exception {
    try {
      assertEquals("Unhandled", invoke.get(60, TimeUnit.SECONDS).functionError());
    } catch (ExecutionException refused) {
      assertTrue(refused.getMessage().contains("is shutting down"), refused::toString);
    }
  }

  private static InvokeRequest invoke(InvocationType type) {
    return InvokeRequest.builder().functionName("blocked").invocationType(type).build();
  }

  private static void map(LambdaFixture cloud, String queue) {
    CreateEventSourceMappingResponse mapping =
        cloud.call(
            CreateEventSourceMappingRequest.builder()
                .functionName("blocked")
                .eventSourceArn(cloud.cloud.arn("sqs", queue))
                .build());
    assertFalse(mapping.uuid().isEmpty());
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> OF_PROCESSES.stream().noneMatch(thread.getName()::startsWith))
        .collect(Collectors.toSet());
  }

  private static List<String> names(Set<Thread> threads) {
    return threads.stream().map(Thread::getName).sorted().toList();
  }
}
