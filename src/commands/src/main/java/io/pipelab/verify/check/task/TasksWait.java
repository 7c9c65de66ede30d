package io.pipelab.verify.check.task;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.queue.QueueDepth;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Without an event source mapping each task that is not worked off stays {@code Pending}, and its
 * announcement waits in the queue. With one the claim turns round: none waits.
 *
 * @param source the queue's ARN, as mappings name it
 */
public record TasksWait(String url, String queue, String source, String function) implements Check {
  /** In these states Lambda polls the queue, or is about to. */
  private static final Set<String> POLLING = Set.of("Creating", "Enabling", "Enabled", "Updating");

  public static final CheckType TYPE =
      CheckType.named("tasks-wait")
          .needs("url", "queue", "source", "function")
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings ->
                  new TasksWait(
                      settings.text("url"),
                      settings.text("queue"),
                      settings.text("source"),
                      settings.text("function")));

  @Override
  public Observation look(CheckScope scope) {
    boolean polled = isPolled(scope);
    Claim claim =
        Observation.expect(
            polled
                ? "the queue is polled: no task waits"
                : "nothing polls the queue: tasks stay Pending, one message each");
    long depth;
    try {
      depth = QueueDepth.held(scope, queue);
    } catch (QueueDoesNotExistException e) {
      return claim.lacks("there is no queue " + queue);
    }
    TaskList list = TaskList.of(url);
    if (!list.wrong().isEmpty()) {
      return claim.lacks(list.wrong());
    }
    if (list.tasks().isEmpty()) {
      return claim.toDo("no task was added");
    }
    String actual = list.words() + "; " + depth + " messages in the queue";
    long pending = list.in("Pending");
    if (polled) {
      return pending == 0 && depth == 0 ? claim.holds(actual) : claim.notYet(actual);
    }
    if (pending == 0) {
      return claim.toDo("no task was added since nothing polls the queue: " + actual);
    }
    return pending == depth && list.in("Processing") == 0
        ? claim.holds(actual)
        : claim.lacks(actual);
  }

  private boolean isPolled(CheckScope scope) {
    return scope
        .clients()
        .lambda()
        .listEventSourceMappingsPaginator(list -> list.functionName(function))
        .eventSourceMappings()
        .stream()
        .anyMatch(one -> source.equals(one.eventSourceArn()) && POLLING.contains(one.state()));
  }
}
