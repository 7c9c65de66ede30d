package io.pipelab.verify.check.cloudwatch;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.LoadBound;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alarm changed into ALARM after the load, on a datapoint above its threshold. An alarm that was
 * in ALARM when the load came cannot: it acts only on the change.
 */
public record AlarmHistory(String alarm, double threshold, LoadBound bound) implements Check {
  private static final String ALARM = "ALARM";

  public static final CheckType TYPE =
      CheckType.named("alarm-history")
          .needs("alarm", "threshold")
          .takes(LoadBound.SETTING)
          // SQS begins to report a queue up to 15 minutes after it was first used.
          .within(Duration.ofMinutes(16))
          .madeBy(
              settings ->
                  new AlarmHistory(
                      settings.text("alarm"),
                      settings.decimal("threshold"),
                      LoadBound.of(settings)));

  @Override
  public Observation look(CheckScope scope) {
    Instant since = LoadBound.since(scope);
    List<AlarmTransition> all = AlarmTransition.of(scope.clients().cloudWatch(), alarm);
    Optional<AlarmTransition> fired =
        all.stream()
            .filter(change -> change.to().equals(ALARM) && !change.at().isBefore(since))
            .reduce((newer, older) -> older);
    if (!bound.moves(scope)) {
      Claim claim = Observation.expect(bound.why(scope) + "no change into ALARM");
      return fired
          .map(change -> claim.never(words(change)))
          .orElseGet(() -> bound.nothing(claim, scope, "no change into ALARM"));
    }
    Claim claim = Observation.expect("OK or INSUFFICIENT_DATA -> ALARM above " + plain(threshold));
    if (fired.isPresent()) {
      return judge(claim, fired.get());
    }
    boolean already =
        all.stream()
            .filter(change -> change.at().isBefore(since))
            .findFirst()
            .map(change -> change.to().equals(ALARM))
            .orElse(false);
    return already
        ? claim.never("it was already in ALARM when the load came, and acts only on the change")
        : claim.notYet("no change into ALARM since the load");
  }

  private Observation judge(Claim claim, AlarmTransition change) {
    boolean above = change.datapoint().isPresent() && change.datapoint().getAsDouble() > threshold;
    return above
        ? claim.holds(words(change))
        : claim.never(words(change) + ", which is not above " + plain(threshold));
  }

  private static String words(AlarmTransition change) {
    String point =
        change.datapoint().isPresent() ? plain(change.datapoint().getAsDouble()) : "no datapoint";
    return change.from() + " -> " + change.to() + " at " + change.at() + " on " + point;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
