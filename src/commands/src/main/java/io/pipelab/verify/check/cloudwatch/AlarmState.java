package io.pipelab.verify.check.cloudwatch;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** An alarm is in a state, or out of one. */
public record AlarmState(String alarm, String state, boolean in) implements Check {
  public static final CheckType TYPE =
      CheckType.named("alarm-state")
          .needs("alarm")
          .takes("in", "notIn")
          .within(Duration.ofMinutes(10))
          .madeBy(
              settings ->
                  settings.has("in")
                      ? new AlarmState(settings.text("alarm"), settings.text("in"), true)
                      : new AlarmState(settings.text("alarm"), settings.text("notIn"), false));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(alarm + (in ? " in " : " not in ") + state);
    Optional<MetricAlarm> found = AlarmConfiguration.find(scope.clients().cloudWatch(), alarm);
    if (found.isEmpty()) {
      return claim.lacks("there is no alarm " + alarm);
    }
    String has = found.get().stateValueAsString();
    return has.equals(state) == in ? claim.holds(has) : claim.notYet(has);
  }
}
