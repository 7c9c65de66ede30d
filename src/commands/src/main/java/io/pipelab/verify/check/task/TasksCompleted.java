package io.pipelab.verify.check.task;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.task.TaskList.Task;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Every task is {@code Completed}, and the function that works them off says so in its log.
 *
 * @param logGroup that function's
 */
public record TasksCompleted(String url, String logGroup) implements Check {
  private static final String DONE = "Completed";

  public static final CheckType TYPE =
      CheckType.named("tasks-completed")
          .needs("url", "logGroup")
          .within(Duration.ofMinutes(5))
          .madeBy(settings -> new TasksCompleted(settings.text("url"), settings.text("logGroup")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("every task is Completed, by a line in " + logGroup);
    TaskList list = TaskList.of(url);
    if (!list.wrong().isEmpty()) {
      return claim.lacks(list.wrong());
    }
    if (list.tasks().isEmpty()) {
      return claim.toDo("no task was added");
    }
    if (list.in(DONE) < list.tasks().size()) {
      return claim.notYet(list.words());
    }
    String log;
    try {
      log =
          scope
              .clients()
              .logs()
              .filterLogEventsPaginator(
                  filter -> filter.logGroupName(logGroup).filterPattern("Completed"))
              .events()
              .stream()
              .map(event -> event.message())
              .collect(Collectors.joining("\n"));
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    List<Integer> untold =
        list.tasks().stream().map(Task::id).filter(id -> !tells(log, id)).toList();
    return untold.isEmpty()
        ? claim.holds(list.words())
        : claim.notYet(list.words() + "; the log does not tell of " + untold);
  }

  private static boolean tells(String log, int id) {
    return Pattern.compile("\\btask " + id + " is Completed").matcher(log).find();
  }
}
