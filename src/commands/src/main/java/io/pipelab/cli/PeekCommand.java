package io.pipelab.cli;

import io.pipelab.drive.PeekQueue;
import io.pipelab.drive.PeekQueue.Look;
import io.pipelab.drive.QueueState;
import io.pipelab.report.Json;
import io.pipelab.report.PeekText;
import io.pipelab.target.Failure;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code pipelab peek}: what is in a queue. */
@Command(
    name = "peek",
    description = {
      "Looks into a queue of a lab that is up, also a dead-letter queue: each message with its"
          + " envelopes unfolded. Nothing is taken out; for a moment nobody else sees the messages.",
      "Each look is a receive, and counts towards the dead-letter queue: it ends at a message that"
          + " has no receive left, unless --yes."
    },
    footer = {
      "",
      "  pipelab peek thumbnail-queue",
      "  pipelab peek DeadLetterQueue --count 3 -o json",
      "  pipelab peek image-resize                 lists the lab's queues"
    })
final class PeekCommand implements PipelabAction {
  /** What fits into one look by its time. */
  private static final int MOST = 1_000;

  @Parameters(
      arity = "0..2",
      paramLabel = "[LAB] QUEUE",
      description = {
        "the lab, when its name is needed to find the queue;",
        "the queue: its name, its logical id, or an output of its stack"
      })
  List<String> arguments = new ArrayList<>();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "how many messages at most (default: 10)")
  int count = 10;

  @Override
  public Set<String> without() {
    return Set.of("-P");
  }

  @Override
  public ExitCode run(Session session) {
    if (count < 1 || count > MOST) {
      throw Failure.usage("--count " + count + " is not between 1 and " + MOST, null);
    }
    Found found = StandingResource.of(session, arguments, Kind.QUEUE, made.byName);
    SqsClient sqs = session.clients().sqs();
    QueueState queue = QueueState.of(sqs, found.id());
    boolean toTheLast = session.output().yes || agreed(session, queue);
    session
        .progress()
        .underway(
            "what was received shows up again in the queue, at the latest after "
                + PeekQueue.HIDDEN.toSeconds()
                + " s",
            "'pipelab peek' looks again; each look is one more receive of what it saw");
    List<String> hidden = new ArrayList<>();
    Look look =
        new PeekQueue(
                sqs,
                Clock.systemUTC(),
                ids -> {
                  hidden.addAll(ids);
                  session
                      .progress()
                      .note(
                          "not given back, hidden for up to %d s: %s"
                              .formatted(PeekQueue.HIDDEN.toSeconds(), String.join(", ", ids)));
                })
            .look(queue, count, toTheLast);
    show(session, found, queue, look, hidden);
    return ExitCode.OK;
  }

  /** Where one receive is all there is, a look takes it from the queue's consumer. */
  private static boolean agreed(Session session, QueueState queue) {
    if (queue.maxReceiveCount() != 1) {
      return false;
    }
    new TerminalConsent(session.invocation(), false)
        .ask(
            List.of(
                "messages of "
                    + queue.name()
                    + " are received once only: those that you look at go to "
                    + queue.deadLetterQueue()
                    + " next, and no consumer gets them"));
    return true;
  }

  private void show(
      Session session, Found found, QueueState queue, Look look, List<String> hidden) {
    PrintStream out = session.invocation().out();
    PeekText text = new PeekText(queue, session.style(session.invocation().terminal().out()));
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.peek/1");
      json.put("lab", found.copy().lab());
      json.put("instance", found.copy().instance());
      json.put("target", session.targetName());
      json.putAll(text.json(look.messages()));
      json.put("end", look.end().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.put("notGivenBack", hidden);
      Json.print(out, json);
    } else {
      text.lines(look.messages()).forEach(out::println);
    }
    notes(queue, look).forEach(session.progress()::note);
  }

  private List<String> notes(QueueState queue, Look look) {
    List<String> notes = new ArrayList<>();
    int seen = look.messages().size();
    if (seen == 0) {
      notes.add(
          queue.inFlight() > 0
              ? "nothing to see: what is in flight shows up when its visibility timeout is over"
              : "nothing to see");
    } else if (queue.countsReceives()) {
      notes.add(
          "this look was one receive of %s: after %d a message goes to %s"
              .formatted(
                  seen == 1 ? "the message" : "each of the " + seen + " messages",
                  queue.maxReceiveCount(),
                  queue.deadLetterQueue()));
    }
    switch (look.end()) {
      case LAST_RECEIVE ->
          notes.add(
              "the look ended here: a message has no receive left, and its next one moves it to "
                  + queue.deadLetterQueue()
                  + "; --yes looks on");
      case TIME_IS_UP -> notes.add("the look ended here: the first messages would come again");
      case DONE -> fewer(queue, seen).ifPresent(notes::add);
    }
    return notes;
  }

  /** Why fewer messages came than the queue said that it has. */
  private Optional<String> fewer(QueueState queue, int seen) {
    if (seen >= Math.min(count, queue.visible())) {
      return Optional.empty();
    }
    if (queue.fifo()) {
      return Optional.of("FIFO: of one group a look sees the first ten messages, not those behind");
    }
    return Optional.of(
        queue.countsReceives()
            ? ("the queue counted %d: the others had no receive left and went to %s, or somebody else"
                    + " received them")
                .formatted(queue.visible(), queue.deadLetterQueue())
            : "the queue counted %d: somebody else received the others".formatted(queue.visible()));
  }
}
