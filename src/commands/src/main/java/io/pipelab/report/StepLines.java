package io.pipelab.report;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of the lab as lines: mark, step, what was expected, what was seen; when it did not pass,
 * also the hop of the pipeline that is broken, and what to do.
 */
public final class StepLines {
  private StepLines() {}

  /** One line when the step passed, more when it did not. */
  public static List<String> of(StepResult step, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(mark(step.status(), style) + " " + style.strong(step.id()) + summary(step));
    if (step.status() != CheckStatus.FAILED && step.status() != CheckStatus.PENDING) {
      return lines;
    }
    if (!step.hop().isEmpty()) {
      lines.add("     broken hop: " + step.hop());
    }
    hints(step).forEach(hint -> lines.add("     hint: " + hint));
    return lines;
  }

  /** What to do, each once: checks that wait for the same thing say the same. */
  private static Set<String> hints(StepResult step) {
    Set<String> hints = new LinkedHashSet<>();
    for (CheckResult check : step.checks()) {
      String hint = check.hint();
      boolean toDo = check.status() == CheckStatus.FAILED || check.status() == CheckStatus.PENDING;
      if (toDo && hint != null && !hint.isEmpty()) {
        hints.add(hint);
      }
    }
    return hints;
  }

  /** The check that matters: the first with the step's own status. */
  private static String summary(StepResult step) {
    return step.checks().stream()
        .filter(check -> check.status() == step.status())
        .findFirst()
        .or(() -> step.checks().stream().findFirst())
        .map(check -> "  expected " + check.expected() + "; " + seen(check))
        .orElse("  " + step.title());
  }

  private static String seen(CheckResult check) {
    return switch (check.status()) {
      case SKIPPED -> "not looked at: " + check.actual();
      case UNSUPPORTED -> "this target cannot: " + check.actual();
      default -> "saw " + check.actual();
    };
  }

  /** Five marks for five different things, readable without colour. */
  static String mark(CheckStatus status, Style style) {
    return switch (status) {
      case PASSED -> style.good("ok  ");
      case FAILED -> style.bad("FAIL");
      case SKIPPED -> style.faint("skip");
      case UNSUPPORTED -> style.odd("n/a ");
      case PENDING -> style.odd("wait");
    };
  }
}
