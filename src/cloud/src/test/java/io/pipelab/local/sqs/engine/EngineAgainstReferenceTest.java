package io.pipelab.local.sqs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations on a queue and on {@link ReferenceQueue}: both must tell the same story. A
 * failure names its seed and step.
 */
class EngineAgainstReferenceTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 400;

  /** A handle that was given out once. */
  private record Given(String body, int receive, String handle) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyTellTheSameStory(boolean fifo) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Story(fifo, seed).run();
    }
  }

  private static final class Story {
    private final HandTime time = new HandTime();
    private final MessageQueue deadLetters;
    private final MessageQueue queue;
    private final ReferenceQueue reference;
    private final Random random;
    private final boolean fifo;
    private final long seed;
    private final List<Given> handles = new ArrayList<>();
    private final Map<Integer, CompletableFuture<List<String>>> waits = new HashMap<>();
    private final Map<Integer, List<String>> answered = new HashMap<>();
    private int bodies;
    private int waiters;
    private QueueSettings settings;

    Story(boolean fifo, long seed) {
      this.fifo = fifo;
      this.seed = seed;
      this.random = new Random(seed);
      this.settings = new QueueSettings(fifo, 5, 0, 60, true, random.nextBoolean(), redrive());
      this.deadLetters =
          new MessageQueue(
              "dead",
              new QueueSettings(fifo, 30, 0, 9999, true, false, null),
              time,
              time,
              a -> null);
      this.queue = new MessageQueue("source", settings, time, time, arn -> deadLetters);
      this.reference = new ReferenceQueue(settings);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        String where = (fifo ? "FIFO" : "standard") + ", seed " + seed + ", step " + step + ": ";
        step(where);
        assertEquals(reference.depth(), queue.depth(), where + "depth");
        for (ReferenceQueue.Answer answer : reference.answers) {
          assertEquals(answer.bodies(), answered.remove(answer.id()), where + "long poll");
        }
        assertEquals(Map.of(), answered, where + "answers that nobody expects");
        reference.answers.clear();
      }
      assertEquals(sorted(reference.dead), sorted(buried()), "seed " + seed + ": dead letters");
    }

    private List<String> buried() {
      List<String> all = new ArrayList<>();
      List<String> some = receive(deadLetters, 10, 30);
      while (!some.isEmpty()) {
        all.addAll(some);
        handles
            .subList(handles.size() - some.size(), handles.size())
            .forEach(given -> deadLetters.delete(given.handle()));
        some = receive(deadLetters, 10, 30);
      }
      return all;
    }

    private static List<String> sorted(List<String> bodies) {
      return bodies.stream().sorted().toList();
    }

    private void step(String where) {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> send(where);
        case 4, 5, 6 -> {
          int max = 1 + random.nextInt(4);
          int visibility = random.nextInt(8);
          assertEquals(
              reference.receive(max, visibility),
              receive(queue, max, visibility),
              where + "receive");
        }
        case 7, 8 -> delete(where);
        case 9 -> change(where);
        case 10 -> await();
        case 11 -> cancel();
        case 12 -> pass(random.nextInt(20) == 0 ? 310 : 1 + random.nextInt(6));
        default -> rare();
      }
    }

    private void rare() {
      if (random.nextInt(8) == 0) {
        queue.purge();
        reference.purge();
      } else {
        settings =
            new QueueSettings(
                fifo,
                5,
                random.nextInt(4),
                60 + random.nextInt(20),
                true,
                settings.deduplicatesGroups(),
                redrive());
        queue.apply(settings);
        reference.apply(settings);
      }
    }

    private @Nullable Redrive redrive() {
      return random.nextInt(3) == 0 ? null : new Redrive("dead", 1 + random.nextInt(4));
    }

    private void send(String where) {
      String body = "m" + bodies++;
      String group = fifo ? "g" + random.nextInt(3) : null;
      String dedup =
          fifo ? "d" + (random.nextInt(4) == 0 ? random.nextInt(5) : bodies + 100) : null;
      Integer delay = fifo || random.nextBoolean() ? null : random.nextInt(5);
      MessageContent content = MessageContent.of(body, MessageAttributes.of(List.of()), null);
      boolean duplicate =
          reference.send(body, group, dedup, delay == null ? settings.delay() : delay);
      SentMessage sent = queue.send(List.of(new NewMessage(content, delay, group, dedup))).get(0);
      assertEquals(duplicate, sent.duplicate(), where + "duplicate");
    }

    private List<String> receive(MessageQueue from, int max, int visibility) {
      return from.receive(new ReceiveOrder(max, visibility, Duration.ZERO, null), this::noted)
          .join();
    }

    private List<String> noted(List<ReceivedMessage> messages) {
      for (ReceivedMessage each : messages) {
        handles.add(new Given(each.content().body(), each.receiveCount(), each.receiptHandle()));
      }
      return messages.stream().map(each -> each.content().body()).toList();
    }

    private void delete(String where) {
      if (!handles.isEmpty()) {
        Given given = handles.get(random.nextInt(handles.size()));
        String expected = reference.delete(given.body(), given.receive());
        assertEquals(expected, refusal(() -> queue.delete(given.handle())), where + "delete");
      }
    }

    private void change(String where) {
      if (!handles.isEmpty()) {
        Given given = handles.get(random.nextInt(handles.size()));
        int seconds = random.nextInt(6);
        String expected = reference.changeVisibility(given.body(), seconds);
        assertEquals(
            expected,
            refusal(() -> queue.changeVisibility(given.handle(), seconds)),
            where + "change visibility");
      }
    }

    private void await() {
      int id = waiters++;
      int max = 1 + random.nextInt(3);
      int visibility = 1 + random.nextInt(6);
      int seconds = 1 + random.nextInt(9);
      reference.await(id, max, visibility, seconds);
      CompletableFuture<List<String>> answer =
          queue.receive(
              new ReceiveOrder(max, visibility, Duration.ofSeconds(seconds), null), this::noted);
      waits.put(id, answer);
      answer.thenAccept(got -> answered.put(id, got));
    }

    private void cancel() {
      if (waiters > 0) {
        int id = waiters - 1;
        CompletableFuture<List<String>> answer = waits.remove(id);
        if (answer != null) {
          boolean waited = reference.cancel(id);
          assertEquals(waited, answer.cancel(true), "seed " + seed + ": cancel");
        }
      }
    }

    private void pass(int seconds) {
      for (int i = 0; i < seconds; i++) {
        reference.second();
      }
      time.pass(seconds);
    }

    private static String refusal(Runnable call) {
      try {
        call.run();
        return "";
      } catch (QueueRefusal refusal) {
        return refusal.reason().name();
      }
    }
  }
}
