package io.pipelab.verify;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.References;
import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.lab.WithoutSettings;
import io.pipelab.target.Failure;
import io.pipelab.verify.Eventually.Outcome;
import io.pipelab.verify.check.AbsurdAnswer;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  /** The commands of pipelab that need or make stacks. */
  private static final Set<String> ON_STACKS =
      Set.of("up", "down", "run", "push-image", "deploy-function");

  /**
   * Runs a check of a lab. In a lab that was made by hand what it must have is looked at first, and
   * what only this lab asks for is advice.
   *
   * @param broken an earlier step that is broken and without which this one cannot hold
   */
  CheckResult run(StepSpec step, CheckSpec spec, Optional<StepResult> broken) {
    HandMade handMade = options.handMade();
    if (handMade == null) {
      return look(step, spec, broken);
    }
    CheckSpec essential = spec.with(WithoutSettings.of(spec.with(), spec.advice().settings()));
    List<HandMade.Missing> missing = handMade.lackedBy(essential);
    if (!missing.isEmpty()) {
      return missing(step, spec, missing);
    }
    CheckResult result = look(step, essential, broken);
    if (result.status() == CheckStatus.PASSED && !spec.advice().settings().isEmpty()) {
      List<HandMade.Missing> more = handMade.lackedBy(spec);
      result = advised(more.isEmpty() ? look(step, spec, broken) : missing(step, spec, more));
    }
    return spec.advice().whole() ? advised(result) : result;
  }

  /** A part that nobody made is not looked at: its name is all that is known of it. */
  private static CheckResult missing(StepSpec step, CheckSpec spec, List<HandMade.Missing> parts) {
    HandMade.Missing first =
        parts.stream().filter(part -> !part.advice()).findFirst().orElse(parts.get(0));
    return new CheckResult(
        spec.id(),
        first.advice() ? CheckStatus.ADVICE : CheckStatus.FAILED,
        step.title(),
        String.join(", ", parts.stream().map(HandMade.Missing::words).toList()),
        0,
        first.hint(),
        first.command());
  }

  private static CheckResult advised(CheckResult result) {
    return result.status().isBroken() ? result.as(CheckStatus.ADVICE) : result;
  }

  private CheckResult look(StepSpec step, CheckSpec spec, Optional<StepResult> broken) {
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

  private CheckStatus status(Outcome outcome) {
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
      case WORKS -> options.handMade() == null ? CheckStatus.FAILED : CheckStatus.ADVICE;
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
    if (status == CheckStatus.TO_DO || status == CheckStatus.ADVICE) {
      return sentence(spec);
    }
    if (!status.isBroken()) {
      return null;
    }
    String hint = sentence(spec);
    if (broken.isEmpty()) {
      return hint;
    }
    String first = "fix \"" + broken.get().id() + "\" (" + broken.get().hop() + ") first";
    // What has not happened yet may happen by itself then; what is wrong stays wrong.
    return status == CheckStatus.PENDING ? first : first + "; " + hint;
  }

  /**
   * What the manifest says. Where its command works on stacks, only the first sentence holds for a
   * lab that was made by hand.
   */
  private String sentence(CheckSpec spec) {
    String sentence = spec.hint().sentence();
    HandMade handMade = options.handMade();
    if (handMade == null) {
      return references.resolve(sentence);
    }
    ShellCommand command = spec.hint().command();
    boolean ofStacks = command != null && worksOnStacks(command);
    int end = sentence.indexOf(". ");
    return references
        .withOutputs(handMade.standIns())
        .resolve(ofStacks && end > 0 ? sentence.substring(0, end + 1) : sentence);
  }

  /** None while an earlier step is broken, and this one only waits for it. */
  private @Nullable String command(CheckSpec spec, CheckStatus status, Outcome outcome) {
    boolean shown =
        status == CheckStatus.TO_DO
            || status == CheckStatus.ADVICE
            || (status.isBroken() && status != CheckStatus.PENDING);
    if (!shown) {
      return null;
    }
    Observation seen = outcome.seen();
    ShellCommand fix = seen == null ? null : seen.fix();
    ShellCommand given = spec.hint().command();
    if (fix == null && given != null && canRun(given)) {
      fix = references.resolve(given);
    }
    return fix == null ? null : fix.text(references.resolve("${pipelab}"));
  }

  private boolean canRun(ShellCommand command) {
    HandMade handMade = options.handMade();
    return handMade == null || (!worksOnStacks(command) && !handMade.lacks(command.calls()));
  }

  private static boolean worksOnStacks(ShellCommand command) {
    return command.calls().stream()
        .anyMatch(
            call ->
                call.size() > 1
                    && call.get(0).equals("pipelab")
                    && ON_STACKS.contains(call.get(1)));
  }

  private static double seconds(Duration waited) {
    return Math.round(waited.toMillis() / 100.0) / 10.0;
  }
}
