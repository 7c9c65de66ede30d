package io.pipelab.workflow.doctor;

import io.pipelab.target.AwsClients;
import io.pipelab.target.CloudEnd;
import io.pipelab.target.CloudState;
import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.ServiceFailures;
import io.pipelab.target.Target;
import io.pipelab.target.TargetTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whether the target answers, as whom it knows the user, and whether the clocks agree. */
public final class TargetProbe implements Probe {
  /** A signature is good for five minutes. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  private static final Duration WORTH_A_NOTE = Duration.ofSeconds(30);

  private final Target target;
  private final LocalCloudProcess local;
  private final AwsClients clients;
  private final Clock clock;
  private Optional<Account> account = Optional.empty();

  public TargetProbe(Target target, LocalCloudProcess local, AwsClients clients, Clock clock) {
    this.target = target;
    this.local = local;
    this.clients = clients;
    this.clock = clock;
  }

  /** Where the target takes us to be. */
  record Account(String id, String region, String partition) {}

  /** Empty when the target does not answer; to be asked after {@link #look}. */
  Optional<Account> account() {
    return account;
  }

  @Override
  public List<Finding> look() {
    if (target instanceof Target.Local && local.look().running() == null) {
      return List.of(notRunning());
    }
    try {
      GetCallerIdentityResponse caller = clients.sts().getCallerIdentity();
      return answered(caller);
    } catch (SdkException e) {
      return List.of(refused(ServiceFailures.explain(e, target.name())));
    } catch (Failure e) {
      return List.of(Finding.stops("target", e));
    }
  }

  /** Not a fault: {@code up} starts it. */
  private Finding notRunning() {
    CloudState gone = local.look().gone();
    return gone == null
        ? Finding.ok("target", "the embedded cloud is not running; 'pipelab up' starts it")
        : Finding.note("target", CloudEnd.text(gone), "'pipelab up' starts a new one");
  }

  private Finding refused(Failure failure) {
    boolean near = target instanceof Target.Local;
    if (near && failure.kind() == Failure.Kind.UNREACHABLE) {
      return new Finding(
          "target",
          Finding.Status.STOPS,
          "the embedded cloud runs and does not answer: " + failure.why(),
          "'pipelab local reset' starts an empty one; its log is " + local.log(),
          failure.kind());
    }
    return Finding.stops(
        failure.kind() == Failure.Kind.CREDENTIALS ? "credentials" : "target", failure);
  }

  private List<Finding> answered(GetCallerIdentityResponse caller) {
    String region = clients.sts().serviceClientConfiguration().region().id();
    String[] arn = String.valueOf(caller.arn()).split(":", -1);
    account = Optional.of(new Account(caller.account(), region, arn.length > 1 ? arn[1] : "aws"));
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("target", name() + " answers"));
    findings.add(
        Finding.ok(
            "credentials",
            "account %s, region %s, as %s".formatted(caller.account(), region, caller.arn())));
    findings.add(clock());
    return findings;
  }

  private String name() {
    CloudState running = target instanceof Target.Local ? local.look().running() : null;
    return running == null
        ? "target " + target.name()
        : "the embedded cloud at " + running.endpoint();
  }

  private Finding clock() {
    CloudState running = target instanceof Target.Local ? local.look().running() : null;
    Instant there = new TargetTime(clients).now();
    Duration ahead = Duration.between(clock.instant(), there);
    if (running != null) {
      return Finding.ok(
          "clock",
          running.speed() == 1
              ? "the embedded cloud's clock runs in real time"
              : "the embedded cloud's clock is fast: " + running.speed() + " s pass in one");
    }
    String what =
        "this machine's clock is %d s %s the target's"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "ahead of" : "behind");
    if (ahead.abs().compareTo(MOST_SKEW) > 0) {
      return Finding.stops("clock", what, "set the clock: signatures are good for five minutes");
    }
    return ahead.abs().compareTo(WORTH_A_NOTE) > 0
        ? Finding.note("clock", what, "set the clock before it is five minutes off")
        : Finding.ok("clock", "the clocks agree");
  }
}
