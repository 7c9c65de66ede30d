package io.pipelab.verify.check.task;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.task.TaskList.Task;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The table of tasks is there, as far as its function shows it: the database itself can be reached
 * from the VPC only. Each row has an id of its own, a title, a description and a status.
 */
public record TaskSchema(String url) implements Check {
  private static final Set<String> STATUSES = Set.of("Pending", "Processing", "Completed");

  public static final CheckType TYPE =
      CheckType.named("task-schema")
          .needs("url")
          .within(Duration.ofMinutes(1))
          .madeBy(settings -> new TaskSchema(settings.text("url")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect("rows of id, title, description, status");
    TaskList list = TaskList.of(url);
    if (!list.wrong().isEmpty()) {
      return claim.lacks(list.wrong());
    }
    List<Integer> ids = list.tasks().stream().map(Task::id).toList();
    if (!ids.equals(ids.stream().distinct().sorted().toList())) {
      return claim.never("the ids are not unique, or not in order");
    }
    List<String> odd =
        list.tasks().stream()
            .map(Task::status)
            .filter(status -> !STATUSES.contains(status))
            .distinct()
            .toList();
    return odd.isEmpty()
        ? claim.holds(list.words())
        : claim.never("a task is " + String.join(", ", odd));
  }
}
