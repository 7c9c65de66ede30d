package io.pipelab.report;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of the lab as lines: mark and title; when it did not pass, also its id, what was expected
 * and seen, the hop of the pipeline that is broken, and what to do.
 */
public final class StepLines {
  private StepLines() {}

  /**
   * One line when the step passed, more when it did not.
   *
   * @param details whether to show what was expected and seen all the same
   */
  public static List<String> of(StepResult step, Style style, boolean details) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(step, style));
    if (step.status() == CheckStatus.NOT_BUILT) {
      CheckResult first = step.checks().get(0);
      lines.add("     " + first.actual() + ": " + first.command());
      return lines;
    }
    for (CheckResult check : step.checks()) {
      if (check.status() == CheckStatus.NOT_BUILT) {
        continue;
      }
      if (details || check.status() != CheckStatus.PASSED) {
        lines.add("     expected " + check.expected() + "; " + seen(check));
      }
    }
    if (step.status().isBroken() && !step.hop().isEmpty()) {
      lines.add("     broken hop: " + step.hop());
    }
    lines.addAll(advice(step));
    return lines;
  }

  /** The steps that did not hold once more, in short: what to do is not to be looked for above. */
  public static List<String> again(List<StepResult> steps, Style style) {
    List<String> lines = new ArrayList<>();
    for (StepResult step : steps) {
      if (step.status().isBroken()) {
        lines.add(headline(step, style));
        lines.addAll(advice(step));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "");
    }
    return lines;
  }

  private static String headline(StepResult step, Style style) {
    String title = mark(step.status(), style) + " " + step.title();
    return step.status() == CheckStatus.PASSED
        ? title
        : title + " (" + style.strong(step.id()) + ")";
  }

  private static List<String> advice(StepResult step) {
    Set<String> lines = new LinkedHashSet<>();
    step.checks().forEach(check -> lines.addAll(advice(check)));
    return List.copyOf(lines);
  }

  /** What to do, and on a line of its own the command that does it. */
  private static List<String> advice(CheckResult check) {
    boolean toDo =
        check.status().isBroken()
            || check.status() == CheckStatus.TO_DO
            || check.status() == CheckStatus.ADVICE;
    List<String> lines = new ArrayList<>();
    if (toDo && check.hint() != null && !check.hint().isEmpty()) {
      lines.add("     hint: " + check.hint());
    }
    // Advice may be left: nobody should paste it without a thought.
    if (toDo && check.command() != null && check.status() != CheckStatus.ADVICE) {
      lines.add("       " + check.command());
    }
    return lines;
  }

  private static String seen(CheckResult check) {
    return switch (check.status()) {
      case SKIPPED -> "not looked at: " + check.actual();
      case TO_DO -> "not done yet: " + check.actual();
      case LATE -> "timed out after %s s: saw %s".formatted(check.seconds(), check.actual());
      case UNSUPPORTED -> "this target cannot: " + check.actual();
      default -> "saw " + check.actual();
    };
  }

  /** Six marks for six different things, readable without colour. */
  static String mark(CheckStatus status, Style style) {
    return switch (status) {
      case PASSED -> style.good("ok  ");
      case FAILED, LATE -> style.bad("FAIL");
      case SKIPPED -> style.faint("skip");
      case TO_DO, NOT_BUILT, PENDING -> style.odd("pend");
      case ADVICE -> style.odd("tip ");
      case UNSUPPORTED -> style.odd("n/a ");
    };
  }
}
