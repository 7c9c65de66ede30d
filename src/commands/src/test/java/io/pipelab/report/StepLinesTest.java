package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.step.Progress.Took;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepLinesTest {
  @Test
  void everyBrokenCheckOfAStepIsShown() {
    StepResult step =
        step(
            CheckStatus.FAILED,
            check(CheckStatus.PASSED, "a", ""),
            check(CheckStatus.FAILED, "b", "fix b"),
            check(CheckStatus.FAILED, "c", "fix c"));
    assertEquals(
        List.of(
            "FAIL title (id)",
            "     expected b; saw not b",
            "     expected c; saw not c",
            "     broken hop: here -> there",
            "     hint: fix b",
            "     hint: fix c"),
        StepLines.of(step, Style.of(false), false));
  }

  @Test
  void whatTheLearnerHasToDoIsNoFailure() {
    StepResult step = step(CheckStatus.TO_DO, check(CheckStatus.TO_DO, "a", "do it"));
    assertEquals(
        List.of("pend title (id)", "     expected a; not done yet: not a", "     hint: do it"),
        StepLines.of(step, Style.of(false), false));
    VerifyDocument document = new VerifyDocument("lab", "", "local", List.of(step));
    assertEquals(0, document.failed());
    assertEquals(1L, document.json().get("pending"));
    assertEquals("0 passed, 0 failed, 0 skipped, 1 pending", document.sentence());
  }

  @Test
  void adviceIsShownAndNeitherFailedNorPassed() {
    CheckResult ours =
        new CheckResult("a", CheckStatus.ADVICE, "a", "not a", 0, "do it", "aws delete all");
    StepResult step = step(CheckStatus.ADVICE, ours);
    assertEquals(
        List.of("tip  title (id)", "     expected a; saw not a", "     hint: do it"),
        StepLines.of(step, Style.of(false), false));
    assertEquals(List.of(), StepLines.again(List.of(step), Style.of(false)));
    VerifyDocument document =
        new VerifyDocument("lab", "", "local", List.of(step), List.of(new Took("queue", "jobs")));
    assertEquals(0, document.failed());
    assertEquals(0, document.passed());
    assertEquals(1L, document.json().get("advice"));
    assertEquals(List.of(Map.of("kind", "queue", "name", "jobs")), document.json().get("parts"));
    assertEquals("0 passed, 0 failed, 0 skipped, 1 advice", document.sentence());
  }

  private static StepResult step(CheckStatus status, CheckResult... checks) {
    return new StepResult("id", "title", "here -> there", status, List.of(checks));
  }

  private static CheckResult check(CheckStatus status, String claim, String hint) {
    return new CheckResult(claim, status, claim, "not " + claim, 0, hint, null);
  }
}
