package io.pipelab.verify.check.cloudwatch;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.ExactCount;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.OptionalLong;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * A log group has lines with a text since the load.
 *
 * @param count how many; at least one when it is not said
 */
public record LogContains(String logGroup, String text, OptionalLong count, LoadBound bound)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("log-contains")
          .needs("logGroup", "text")
          .takes("equals", LoadBound.SETTING)
          .within(Duration.ofMinutes(5))
          .madeBy(
              settings ->
                  new LogContains(
                      settings.text("logGroup"),
                      settings.text("text"),
                      settings.numberIfAny("equals"),
                      LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    boolean moves = bound.moves(scope);
    OptionalLong expected = moves ? count : OptionalLong.of(0);
    String words = expected.isPresent() ? String.valueOf(expected.getAsLong()) : "at least 1";
    Claim claim =
        Observation.expect(
            (moves ? "" : bound.why(scope)) + words + " x \"" + text + "\" in " + logGroup);
    long lines;
    try {
      lines = lines(scope);
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    String actual = lines + " x \"" + text + "\"";
    if (expected.isPresent()) {
      return ExactCount.judge(claim, expected.getAsLong(), lines, actual, bound, scope);
    }
    return lines > 0 ? claim.holds(actual) : claim.notYet(actual);
  }

  /** Counted here: filter patterns differ between targets. */
  private long lines(CheckScope scope) {
    long since = LoadBound.since(scope).toEpochMilli();
    return scope
        .clients()
        .logs()
        .filterLogEventsPaginator(filter -> filter.logGroupName(logGroup).startTime(since))
        .events()
        .stream()
        .filter(event -> event.message().contains(text))
        .count();
  }
}
