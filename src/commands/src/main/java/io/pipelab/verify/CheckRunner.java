package io.pipelab.verify;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.target.Failure;
import io.pipelab.verify.Eventually.Outcome;
import io.pipelab.verify.check.AbsurdAnswer;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Runs one check to its end and puts what came of it into words. */
record CheckRunner(
    Lab lab,
    CheckScope scope,
    References references,
    VerifyOptions options,
    VerifyListener listener,
    Eventually eventually) {

  CheckResult run(StepSpec step, CheckSpec spec, Optional<StepResult> broken) {
    CheckType type = CheckTypes.of(spec);
    Check check =
        type.make(Settings.of(lab.manifest(), spec, references.resolveSettings(spec.with())));
    Limit own = limit(type);
    Limit limit = broken.isPresent() ? own.brief() : own;
    Duration end = options.atMost();
    Limit whole = end == null ? limit : limit.cut(eventually.leftOf(end));
    Outcome outcome =
        eventually.await(
            () -> look(check, step), whole, seen -> listener.saw(step, spec, seen, whole.atMost()));
    CheckStatus alone = status(outcome);
    Optional<StepResult> missing =
        broken
            .filter(cause -> cause.status() == CheckStatus.UNSUPPORTED)
            .filter(cause -> alone == CheckStatus.FAILED || alone == CheckStatus.LATE);
    CheckStatus status =
        missing.isPresent()
            ? CheckStatus.UNSUPPORTED
            : alone == CheckStatus.LATE && broken.isPresent() ? CheckStatus.PENDING : alone;
    return new CheckResult(
        spec.id(),
        status,
        expected(step, outcome),
        actual(outcome)
            + missing
                .map(cause -> "; it needs \"" + cause.id() + "\", which is not supported here")
                .orElse(""),
        seconds(outcome.waited()),
        hint(spec, status, broken),
        command(spec, status, outcome));
  }

  /** An answer that makes no sense is the target's: it fails this check, not the verification. */
  private Observation look(Check check, StepSpec step) {
    try {
      return check.look(scope);
    } catch (SdkException | Failure | ManifestError | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return Observation.expect(step.title()).lacks(AbsurdAnswer.words(e));
    }
  }

  private Limit limit(CheckType type) {
    Duration within = options.within();
    return within == null ? Limit.of(type.within()) : Limit.exactly(within);
  }

  private static CheckStatus status(Outcome outcome) {
    LookFailure failure = outcome.failure();
    if (failure != null && failure.kind() == LookFailure.Kind.UNSUPPORTED) {
      return CheckStatus.UNSUPPORTED;
    }
    Observation seen = outcome.seen();
    if (seen == null) {
      boolean absurd = failure != null && failure.kind() == LookFailure.Kind.ABSURD;
      return absurd ? CheckStatus.FAILED : CheckStatus.LATE;
    }
    return switch (seen.state()) {
      case HOLDS -> CheckStatus.PASSED;
      case NOT_YET -> CheckStatus.LATE;
      // A thing that was missing when it was last seen may be there by now.
      case LACKS -> failure == null ? CheckStatus.FAILED : CheckStatus.LATE;
      case NEVER -> CheckStatus.FAILED;
      case TO_DO -> CheckStatus.TO_DO;
      case SKIPPED -> CheckStatus.SKIPPED;
      case UNSUPPORTED -> CheckStatus.UNSUPPORTED;
    };
  }

  private static String expected(StepSpec step, Outcome outcome) {
    return outcome.seen() == null ? step.title() : outcome.seen().expected();
  }

  private static String actual(Outcome outcome) {
    Observation seen = outcome.seen();
    LookFailure failure = outcome.failure();
    if (failure == null) {
      return seen == null ? "nothing" : seen.actual();
    }
    String words = lead(failure.kind()) + failure.words();
    return seen == null ? words : seen.actual() + ", then " + words;
  }

  private static String lead(LookFailure.Kind kind) {
    return switch (kind) {
      case UNSUPPORTED -> "the target cannot: ";
      case ABSURD -> "the target returned an answer that makes no sense: ";
      default -> "could not look: ";
    };
  }

  private @Nullable String hint(CheckSpec spec, CheckStatus status, Optional<StepResult> broken) {
    if (status == CheckStatus.TO_DO) {
      return references.resolve(spec.hint().sentence());
    }
    if (!status.isBroken()) {
      return null;
    }
    String hint = references.resolve(spec.hint().sentence());
    if (broken.isEmpty()) {
      return hint;
    }
    String first = "fix \"" + broken.get().id() + "\" (" + broken.get().hop() + ") first";
    // What has not happened yet may happen by itself then; what is wrong stays wrong.
    return status == CheckStatus.PENDING ? first : first + "; " + hint;
  }

  /** None while an earlier step is broken, and this one only waits for it. */
  private @Nullable String command(CheckSpec spec, CheckStatus status, Outcome outcome) {
    if (status == CheckStatus.PENDING || !status.isBroken() && status != CheckStatus.TO_DO) {
      return null;
    }
    Observation seen = outcome.seen();
    ShellCommand fix = seen == null ? null : seen.fix();
    ShellCommand given = spec.hint().command();
    if (fix == null && given != null) {
      fix = references.resolve(given);
    }
    return fix == null ? null : fix.text(references.resolve("${pipelab}"));
  }

  private static double seconds(Duration waited) {
    return Math.round(waited.toMillis() / 100.0) / 10.0;
  }
}
