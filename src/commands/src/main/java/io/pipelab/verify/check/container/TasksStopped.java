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
import software.amazon.awssdk.services.ecs.model.Task;

/** Every task of a family since the load is STOPPED with the right exit code. */
public record TasksStopped(FamilyTasks tasks, int exitCode, LoadBound bound) implements Check {
  public static final CheckType TYPE =
      CheckType.named("tasks-stopped")
          .needs("cluster", "family", "exitCode", "logGroup")
          .takes(LoadBound.SETTING)
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new TasksStopped(
                      FamilyTasks.of(settings),
                      (int) settings.number("exitCode"),
                      LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    Instant since = LoadBound.since(scope);
    List<Task> ran = tasks.since(scope.clients().ecs(), since);
    if (!bound.moves(scope)) {
      Claim claim = Observation.expect(bound.why(scope) + "no task");
      return ExactCount.judge(claim, 0, ran.size(), ran.size() + " tasks", bound, scope);
    }
    Claim claim = Observation.expect("every task STOPPED with exit code " + exitCode);
    if (ran.isEmpty()) {
      return tasks.streamsSince(scope.clients().logs(), since).isEmpty()
          ? claim.notYet("no task")
          : claim.skipped("ECS does not know the tasks any more; it keeps them for about an hour");
    }
    Optional<String> trouble =
        ran.stream()
            .flatMap(task -> tasks.trouble(task, scope.clients().logs(), exitCode).stream())
            .findFirst();
    if (trouble.isPresent()) {
      return claim.never(trouble.get());
    }
    long stopped = ran.stream().filter(task -> "STOPPED".equals(task.lastStatus())).count();
    String actual = stopped + " of " + ran.size() + " tasks STOPPED with exit code " + exitCode;
    return stopped == ran.size() ? claim.holds(actual) : claim.notYet(actual);
  }
}
