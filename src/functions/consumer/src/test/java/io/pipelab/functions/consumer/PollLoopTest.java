package io.pipelab.functions.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private static final Settings SETTINGS =
      new Settings("http://queue", "table", Duration.ofMillis(1000), 3, 10, "ip-10-0-0-1");
  private Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00.123456Z"), ZoneOffset.UTC);

  private final FakeTable table = new FakeTable();
  private final StopRequest stop = new StopRequest();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void storesThenDeletesEachMessageAndStopsAtThreeEmptyPolls() {
    FakeQueue queue = new FakeQueue("1", "2");
    assertEquals(0, drain(queue, message -> {}));
    assertEquals(List.of("1", "2"), table.keys());
    assertEquals(List.of("rh-1", "rh-2"), queue.deleted);
    assertEquals(4, queue.receives.size());
    assertEquals("stored 1\nstored 2\ndone: stored 2, refused 0, failed 0\n", log());
  }

  @Test
  void deletesTogetherWhatWasStoredTogether() {
    FakeQueue queue = new FakeQueue("1", "2", "3");
    table.refuse("2", 400, "ThrottlingException", "slow down");
    queue.undeletable = "rh-3";
    drain(queue, message -> {});
    assertEquals(List.of(2), queue.deletes);
    assertEquals(List.of("rh-1"), queue.deleted);
    assertTrue(log().contains("stored 1\nfailed id-3: ReceiptHandleIsInvalid: expired\n"), log());
    assertTrue(log().endsWith("done: stored 1, refused 0, failed 2\n"), log());
  }

  @Test
  void slowWorkDoesNotKeepWhatIsStoredWaiting() {
    FakeQueue queue = new FakeQueue("1", "2", "3");
    drain(queue, message -> clock = Clock.offset(clock, Duration.ofSeconds(1)));
    assertEquals(List.of(2, 1), queue.deletes);
  }

  @Test
  void asksForTenMessagesByLongPollWithTheirAttributes() {
    FakeQueue queue = new FakeQueue();
    drain(queue, message -> {});
    var receive = queue.receives.get(0);
    assertEquals(10, receive.maxNumberOfMessages());
    assertEquals(10, receive.waitTimeSeconds());
    assertEquals(List.of("All"), receive.messageAttributeNames());
  }

  @Test
  void takesNoMoreThanItCanWorkOnWithinTheVisibilityTimeout() {
    assertEquals(10, PollLoop.batchSize(Duration.ofSeconds(30), Duration.ZERO));
    assertEquals(10, PollLoop.batchSize(Duration.ofSeconds(30), Duration.ofMillis(1000)));
    assertEquals(3, PollLoop.batchSize(Duration.ofSeconds(30), Duration.ofSeconds(5)));
    assertEquals(1, PollLoop.batchSize(Duration.ofSeconds(30), Duration.ofMinutes(1)));
  }

  @Test
  void emptyPollsCountOnlyInARow() {
    String gap = FakeQueue.GAP;
    // A batch ends where a gap begins, so the first of the gaps after a message is not an empty
    // poll.
    FakeQueue queue = new FakeQueue(gap, gap, "1", gap, gap, gap, "2", gap, gap, gap, gap, "3");
    drain(queue, message -> {});
    assertEquals(List.of("1", "2"), table.keys());
  }

  @Test
  void leavesWhatIsNoNumberInTheQueue() {
    FakeQueue queue = new FakeQueue("poison", "2");
    assertEquals(0, drain(queue, message -> {}));
    assertEquals(List.of("rh-2"), queue.deleted);
    assertTrue(log().startsWith("refused id-poison: its body is not a decimal number\n"), log());
    assertTrue(log().endsWith("done: stored 1, refused 1, failed 0\n"), log());
  }

  @Test
  void anErrorThatMayPassLeavesTheMessageAndGoesOn() {
    FakeQueue queue = new FakeQueue("1", "2");
    table.refuse("1", 400, "ThrottlingException", "slow down");
    assertEquals(0, drain(queue, message -> {}));
    assertEquals(List.of("rh-2"), queue.deleted);
    assertTrue(log().startsWith("failed id-1: ThrottlingException: slow down\n"), log());
    assertTrue(log().endsWith("done: stored 1, refused 0, failed 1\n"), log());
  }

  @Test
  void nothingButFailuresIsAFailure() {
    table.refuse("1", 400, "ValidationException", "no such table name");
    assertEquals(1, drain(new FakeQueue("1"), message -> {}));
  }

  @Test
  void aRefusalThatMeetsEveryMessageEndsItWithOneClearLine() {
    FakeQueue queue = new FakeQueue("1", "2");
    table.refuse("1", 400, "AccessDeniedException", "not authorized to perform:\n PutItem");
    assertEquals(1, drain(queue, message -> {}));
    assertEquals(List.of(), queue.deleted);
    assertEquals(
        "consumer: AccessDeniedException: not authorized to perform: PutItem\n"
            + "given up: stored 0, refused 0, failed 0\n",
        log());
  }

  @Test
  void whatWasStoredBeforeSuchARefusalIsDeleted() {
    FakeQueue queue = new FakeQueue("1", "2");
    table.refuse("2", 400, "AccessDeniedException", "not any more");
    assertEquals(1, drain(queue, message -> {}));
    assertEquals(List.of("rh-1"), queue.deleted);
    assertTrue(log().endsWith("given up: stored 1, refused 0, failed 0\n"), log());
  }

  @Test
  void aStopWaitsForTheMessageAtHandAndBeginsNoOther() throws Exception {
    FakeQueue queue = new FakeQueue("1", "2");
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> exit =
          threads.submit(
              () ->
                  drain(
                      queue,
                      message -> {
                        working.countDown();
                        finish.await();
                      }));
      assertTrue(working.await(60, TimeUnit.SECONDS));
      Future<Boolean> stopped = threads.submit(() -> stop.request(Duration.ofSeconds(10)));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!stop.isRequested()) {
        assertTrue(System.nanoTime() < end, "nobody asked to stop");
        TimeUnit.MILLISECONDS.sleep(2);
      }
      finish.countDown();
      assertTrue(stopped.get(60, TimeUnit.SECONDS));
      assertEquals(0, exit.get(60, TimeUnit.SECONDS));
      assertEquals(List.of("1"), table.keys());
      assertEquals(List.of("rh-1"), queue.deleted);
    } finally {
      threads.shutdownNow();
    }
  }

  private int drain(FakeQueue queue, PollLoop.Work work) {
    PrintStream out = new PrintStream(written, true, UTF_8);
    PollLoop loop = new PollLoop(queue, table, SETTINGS, work, new MovingClock(), stop, out);
    return Consumer.drain(loop, stop, out);
  }

  /** The test's clock as it is at each look. */
  private final class MovingClock extends Clock {
    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }

  private String log() {
    return written.toString(UTF_8).replace("\r\n", "\n");
  }
}
