package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.cloudwatch.LogContains;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class LogContainsTest extends CheckTest {
  private static final Map<String, Object> ANY = Map.of("logGroup", "/g", "text", "started");
  private static final Map<String, Object> TWO =
      Map.of("logGroup", "/g", "text", "started", "equals", "2", "whenLoadAbove", "100");

  @Test
  void oneLineWithTheTextIsEnoughWhenNoNumberIsGiven() {
    logged("init", "stopped");
    assertSeen(State.NOT_YET, "0 x \"started\"", look(LogContains.TYPE, ANY));
    logged("init", "a task was started", "stopped");
    assertSeen(State.HOLDS, "1 x \"started\"", look(LogContains.TYPE, ANY));
  }

  @Test
  void aNumberIsExact() {
    logged("started 1");
    assertSeen(State.NOT_YET, "1 x \"started\"", look(LogContains.TYPE, TWO));
    logged("started 1", "started 2");
    assertSeen(State.HOLDS, "2 x \"started\"", look(LogContains.TYPE, TWO));
    logged("started 1", "started 2", "started 3");
    assertSeen(State.NEVER, "3 x \"started\"", look(LogContains.TYPE, TWO));
  }

  @Test
  void aLoadAtTheBoundStartsNothing() {
    loads = List.of(load(100, 0));
    later(Duration.ofMinutes(5));
    logged();
    assertSeen(State.HOLDS, "0 x \"started\"", look(LogContains.TYPE, TWO));
    logged("started 1");
    assertSeen(State.NEVER, "1 x \"started\"", look(LogContains.TYPE, TWO));
    loads = List.of(load(101, 0));
    assertSeen(State.NOT_YET, "1 x \"started\"", look(LogContains.TYPE, TWO));
  }

  @Test
  void nothingHoldsOnlyOnceItHadTheTimeToCome() {
    loads = List.of(load(50, 0));
    logged();
    later(Duration.ofMinutes(4).minusMillis(1));
    assertSeen(State.NOT_YET, "0 x \"started\" so far", look(LogContains.TYPE, TWO));
    later(Duration.ofMinutes(4));
    assertSeen(State.HOLDS, "0 x \"started\"", look(LogContains.TYPE, TWO));
  }

  @Test
  void withoutItsLogGroupItLacks() {
    aws.on(
        FilterLogEventsRequest.class,
        request -> {
          throw ResourceNotFoundException.builder().build();
        });
    assertSeen(State.LACKS, "there is no log group /g", look(LogContains.TYPE, ANY));
  }

  /** What was logged before the load began does not count: the target is asked for no more. */
  private void logged(String... lines) {
    aws.on(
        FilterLogEventsRequest.class,
        request ->
            FilterLogEventsResponse.builder()
                .events(
                    request.startTime() != LOAD_BEGAN.toEpochMilli()
                        ? List.of()
                        : Stream.of(lines)
                            .map(line -> FilteredLogEvent.builder().message(line).build())
                            .toList())
                .build());
  }
}
