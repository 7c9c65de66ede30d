package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.drive.PeekQueue.End;
import io.pipelab.drive.PeekQueue.Look;
import io.pipelab.verify.FakeAws;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** What is received is given back, whatever happens in between. */
class PeekQueueTest {
  private static final QueueState PLAIN = queue("q", 0);
  private static final QueueState WITH_DEAD_LETTERS = queue("q", 3);

  private final Deque<Message> queue = new ArrayDeque<>();
  private final List<Integer> asked = new ArrayList<>();
  private final List<String> givenBack = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final FakeAws aws =
      new FakeAws()
          .on(ReceiveMessageRequest.class, this::receive)
          .on(ChangeMessageVisibilityBatchRequest.class, this::takeBack);

  @Test
  void asManyAsAskedForAndEachOnce() {
    fill(25, 1);
    Look look = peek(PLAIN, 23, false);
    assertEquals(IntStream.range(0, 23).mapToObj(i -> "m" + i).toList(), ids(look));
    assertEquals(End.DONE, look.end());
    assertEquals(List.of(10, 10, 3), asked);
    assertEquals(ids(look), givenBack);
    assertTrue(hidden.isEmpty());
  }

  @Test
  void aMessageThatComesTwiceIsShownOnce() {
    queue.add(message("m0", 1));
    queue.add(message("m0", 2));
    queue.add(message("m1", 1));
    assertEquals(List.of("m0", "m1"), ids(peek(PLAIN, 10, false)));
  }

  @Test
  void oneThatOnlyEverRepeatsEndsTheLook() {
    aws.on(
        ReceiveMessageRequest.class,
        request -> ReceiveMessageResponse.builder().messages(message("m0", 1)).build());
    assertEquals(List.of("m0"), ids(peek(PLAIN, 10, false)));
  }

  @Test
  void oneAloneTellsOfTheLastReceive() {
    fill(5, 3);
    Look look = peek(WITH_DEAD_LETTERS, 10, false);
    assertEquals(List.of("m0"), ids(look));
    assertEquals(End.LAST_RECEIVE, look.end());
    assertEquals(List.of(1), asked);
    assertEquals(List.of("m0"), givenBack);
  }

  @Test
  void whoSaysYesLooksOn() {
    fill(5, 3);
    assertEquals(5, peek(WITH_DEAD_LETTERS, 10, true).messages().size());
  }

  @Test
  void withReceivesLeftTheLookGoesOn() {
    fill(12, 2);
    Look look = peek(WITH_DEAD_LETTERS, 12, false);
    assertEquals(12, look.messages().size());
    assertEquals(List.of(1, 10, 1), asked);
  }

  @Test
  void oneOfAFifoGroupWouldHideTheOthers() {
    fill(5, 3);
    Look look = peek(queue("q.fifo", 3), 10, false);
    assertEquals(5, look.messages().size());
    assertEquals(End.LAST_RECEIVE, look.end());
  }

  @Test
  void aFailureMidwayGivesBackWhatWasReceived() {
    fill(10, 1);
    SdkClientException broken = SdkClientException.create("the line is dead");
    failAfterTheFirst(broken);
    assertSame(broken, assertThrows(SdkClientException.class, () -> peek(PLAIN, 20, false)));
    assertEquals(10, givenBack.size());
  }

  @Test
  void anInterruptionGivesBackWhatWasReceivedAndStaysOne() {
    fill(10, 1);
    failAfterTheFirst(AbortedException.create("interrupted"));
    try {
      assertThrows(
          AbortedException.class,
          () -> {
            Thread.currentThread().interrupt();
            peek(PLAIN, 20, false);
          });
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
    assertEquals(10, givenBack.size());
  }

  @Test
  void whatIsRefusedIsTriedOnceMore() {
    fill(3, 1);
    refuse(1);
    peek(PLAIN, 10, false);
    assertEquals(List.of("m0", "m2", "m1"), givenBack);
    assertTrue(hidden.isEmpty());
  }

  @Test
  void whatCannotBeGivenBackIsSaid() {
    fill(12, 1);
    aws.on(
        ChangeMessageVisibilityBatchRequest.class,
        request -> {
          throw SdkClientException.create("no");
        });
    assertEquals(12, peek(PLAIN, 20, false).messages().size());
    assertEquals(12, hidden.size());
  }

  @Test
  void theLookEndsBeforeTheFirstComesBack() {
    fill(100, 1);
    Look look = peek(PLAIN, 100, false, Duration.ofSeconds(6));
    assertEquals(End.TIME_IS_UP, look.end());
    assertEquals(20, look.messages().size());
    assertEquals(20, givenBack.size());
  }

  private Look peek(QueueState state, int most, boolean toTheLast) {
    return peek(state, most, toTheLast, Duration.ZERO);
  }

  private Look peek(QueueState state, int most, boolean toTheLast, Duration each) {
    return new PeekQueue(aws.sqs(), clock(each), hidden::addAll).look(state, most, toTheLast);
  }

  private ReceiveMessageResponse receive(ReceiveMessageRequest request) {
    assertTrue(request.visibilityTimeout() > 0, "others must not get what is looked at");
    asked.add(request.maxNumberOfMessages());
    List<Message> messages = new ArrayList<>();
    while (messages.size() < request.maxNumberOfMessages() && !queue.isEmpty()) {
      messages.add(queue.poll());
    }
    return ReceiveMessageResponse.builder().messages(messages).build();
  }

  private ChangeMessageVisibilityBatchResponse takeBack(
      ChangeMessageVisibilityBatchRequest request) {
    assertFalse(Thread.currentThread().isInterrupted(), "an interrupted thread calls nobody");
    for (ChangeMessageVisibilityBatchRequestEntry entry : request.entries()) {
      assertEquals(0, entry.visibilityTimeout());
      givenBack.add(entry.receiptHandle().replaceFirst("handle of ", ""));
    }
    return ChangeMessageVisibilityBatchResponse.builder().build();
  }

  private void failAfterTheFirst(RuntimeException failure) {
    aws.on(
        ReceiveMessageRequest.class,
        request -> {
          if (queue.isEmpty()) {
            throw failure;
          }
          return receive(request);
        });
  }

  /** Refuses the entry of that number, once. */
  private void refuse(int number) {
    boolean[] done = {false};
    aws.on(
        ChangeMessageVisibilityBatchRequest.class,
        request -> {
          if (done[0]) {
            return takeBack(request);
          }
          done[0] = true;
          List<ChangeMessageVisibilityBatchRequestEntry> taken = new ArrayList<>(request.entries());
          String id = taken.remove(number).id();
          takeBack(request.toBuilder().entries(taken).build());
          return ChangeMessageVisibilityBatchResponse.builder()
              .failed(BatchResultErrorEntry.builder().id(id).code("InternalError").build())
              .build();
        });
  }

  private void fill(int count, int receives) {
    IntStream.range(0, count).forEach(i -> queue.add(message("m" + i, receives)));
  }

  private static Message message(String id, int receives) {
    return Message.builder()
        .messageId(id)
        .receiptHandle("handle of " + id)
        .body("x")
        .attributes(
            Map.of(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(receives)))
        .build();
  }

  private static QueueState queue(String name, int maxReceiveCount) {
    return new QueueState(
        "http://h/1/" + name, name.endsWith(".fifo"), 0, 0, 0, maxReceiveCount, "dead");
  }

  private static List<String> ids(Look look) {
    return look.messages().stream().map(Message::messageId).toList();
  }

  /** A clock that goes on by so much whenever it is read. */
  private Clock clock(Duration each) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        Instant read = now;
        now = now.plus(each);
        return read;
      }
    };
  }
}
