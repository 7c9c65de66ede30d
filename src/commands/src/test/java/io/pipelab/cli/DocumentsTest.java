package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.RunDocument;
import io.pipelab.report.StatusTable;
import io.pipelab.report.StepLines;
import io.pipelab.report.Style;
import io.pipelab.report.VerifyDocument;
import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.look.StatusLine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What verify, run and status print, as text and as JSON. */
class DocumentsTest {
  private static final Style PLAIN = Style.of(false);

  private static final VerifyDocument VERIFIED =
      new VerifyDocument(
          "decoupling",
          "",
          "local",
          List.of(
              step("queue", CheckStatus.PASSED, "visibility 5", "visibility 5", ""),
              step("alarm", CheckStatus.FAILED, "ALARM", "OK", "load more than 100 messages"),
              step("tasks", CheckStatus.PENDING, "4 tasks", "none", "fix \"alarm\" first"),
              step("stored", CheckStatus.LATE, "500 items", "120 items", "wait longer"),
              step("drained", CheckStatus.SKIPPED, "depth 0", "alarm is broken", ""),
              step("image", CheckStatus.UNSUPPORTED, "one manifest", "no ECR", "")));

  private static StepResult step(
      String id, CheckStatus status, String expected, String actual, String hint) {
    return new StepResult(
        id,
        "Title of " + id,
        "SQS -> " + id,
        status,
        List.of(
            new CheckResult(
                id + "-1",
                status,
                expected,
                actual,
                1.5,
                hint,
                hint.isEmpty() ? null : "pipelab load-queue " + id)));
  }

  @Test
  void verify() {
    String text =
        VERIFIED.steps().stream()
            .flatMap(step -> StepLines.of(step, PLAIN, false).stream())
            .collect(Collectors.joining("\n"));
    text += String.join("\n", StepLines.again(VERIFIED.steps(), PLAIN));
    Golden.assertMatches("documents/verify", text + "\n" + VERIFIED.sentence() + "\n");
    Golden.assertMatches("documents/verify-json", Json.text(VERIFIED.json()) + "\n");
  }

  @Test
  void verifyWithDetails() {
    String text =
        VERIFIED.steps().stream()
            .flatMap(step -> StepLines.of(step, PLAIN, true).stream())
            .collect(Collectors.joining("\n"));
    Golden.assertMatches("documents/verify-details", text + "\n");
  }

  @Test
  void run() {
    RunDocument run =
        new RunDocument(
            "decoupling",
            "two",
            "local",
            List.of(new RunDocument.Timed("up", 9.25), new RunDocument.Timed("down", 75)),
            VERIFIED,
            List.of(new Leftover("AWS::Logs::LogGroup", "/aws/lambda/x")),
            false);
    Golden.assertMatches("documents/run", run.sentence() + "\n");
    Golden.assertMatches(
        "documents/run-all-json", Json.text(RunDocument.json(List.of(run))) + "\n");
  }

  @Test
  void status() {
    List<StatusLine> lines =
        List.of(
            new StatusLine("stack", "pipelab-x", "CREATE_COMPLETE", Map.of("status", "x")),
            new StatusLine("queue", "jobs", "7 visible", Map.of("visible", 7)));
    Golden.assertMatches(
        "documents/status", String.join("\n", StatusTable.text(lines, PLAIN)) + "\n");
  }
}
