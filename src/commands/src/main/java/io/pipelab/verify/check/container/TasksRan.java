package io.pipelab.verify.check.container;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.ExactCount;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tasks of a family ran since the load: some, no more than asked for, each with output. One that
 * did not start, or crashed, is told at once.
 */
public record TasksRan(FamilyTasks tasks, long atMost, LoadBound bound) implements Check {
  public static final CheckType TYPE =
      CheckType.named("tasks-ran")
          .needs("cluster", "family", "atMost", "logGroup")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings ->
                  new TasksRan(
                      FamilyTasks.of(settings), settings.number("atMost"), LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    Instant since = LoadBound.since(scope);
    List<Task> ran = tasks.since(scope.clients().ecs(), since);
    if (!bound.moves(scope)) {
      Claim claim = Observation.expect(bound.why(scope) + "no task");
      return ExactCount.judge(claim, 0, ran.size(), ran.size() + " tasks", bound, scope);
    }
    Claim claim = Observation.expect("1 to " + atMost + " tasks, each with output");
    List<String> streams =
        tasks.streamsSince(scope.clients().logs(), since).stream()
            .map(LogStream::logStreamName)
            .toList();
    if (ran.isEmpty()) {
      return forgotten(claim, streams.size());
    }
    Optional<String> failed =
        ran.stream()
            .flatMap(task -> tasks.trouble(task, scope.clients().logs(), 0).stream())
            .findFirst();
    if (failed.isPresent()) {
      return claim.never(failed.get());
    }
    long withOutput =
        ran.stream()
            .filter(task -> streams.stream().anyMatch(s -> s.endsWith("/" + FamilyTasks.id(task))))
            .count();
    String actual = ran.size() + " tasks, " + withOutput + " with output";
    if (ran.size() > atMost) {
      return claim.never(actual);
    }
    return withOutput == ran.size() ? claim.holds(actual) : claim.notYet(actual);
  }

  /** ECS forgets a stopped task after an hour; what it wrote stays. */
  private Observation forgotten(Claim claim, int streams) {
    if (streams == 0) {
      return claim.notYet("no task");
    }
    String actual = streams + " tasks wrote logs; ECS does not know them any more";
    return streams <= atMost ? claim.holds(actual) : claim.never(actual);
  }
}
