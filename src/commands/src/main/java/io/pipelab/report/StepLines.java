package io.pipelab.report;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.util.ArrayList;
import java.util.List;

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
    for (CheckResult check : step.checks()) {
      advice(check).stream().filter(line -> !lines.contains(line)).forEach(lines::add);
    }
    return lines;
  }

  /** What to do, and on a line of its own the command that does it. */
  private static List<String> advice(CheckResult check) {
    boolean toDo = check.status() == CheckStatus.FAILED || check.status() == CheckStatus.PENDING;
    List<String> lines = new ArrayList<>();
    if (toDo && check.hint() != null && !check.hint().isEmpty()) {
      lines.add("     hint: " + check.hint());
    }
    if (toDo && check.command() != null) {
      lines.add("       " + check.command());
    }
    return lines;
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
