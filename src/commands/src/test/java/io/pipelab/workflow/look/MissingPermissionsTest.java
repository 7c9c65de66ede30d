package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingPermissionsTest {
  private static CheckResult check(String id, CheckStatus status, String hint) {
    return new CheckResult(id, status, "expected", "actual", 1, hint, "command");
  }

  @Test
  void theMessageOfEachServiceIsRead() {
    assertEquals(
        Optional.of(List.of("worker", "ecs:RunTask", "arn:aws:ecs:r:1:task-definition/f:1")),
        MissingPermissions.ofMessage(
            "ERROR User: arn:aws:sts::1:assumed-role/worker/f is not authorized to perform:"
                + " ecs:RunTask on resource: arn:aws:ecs:r:1:task-definition/f:1 because no"
                + " identity-based policy allows the ecs:RunTask action"));
    assertEquals(
        Optional.of(List.of("worker", "s3:GetObject", "arn:aws:s3:::b/k")),
        MissingPermissions.ofMessage(
            "User: arn:aws:sts::1:assumed-role/worker/f is not authorized to perform: s3:GetObject"
                + " on resource: \"arn:aws:s3:::b/k\" because"));
    assertEquals(
        Optional.of(List.of("worker", "cloudwatch:PutMetricData", "*")),
        MissingPermissions.ofMessage(
            "User: arn:aws:sts::1:assumed-role/worker/f is not authorized to perform:"
                + " cloudwatch:PutMetricData because no"));
    assertTrue(MissingPermissions.ofMessage("not authorized").isEmpty());
  }

  @Test
  void theFirstCheckThatFailedSaysIt() {
    StepResult step =
        new StepResult(
            "s",
            "title",
            "hop",
            CheckStatus.FAILED,
            List.of(
                check("a", CheckStatus.PASSED, "x"),
                check("b", CheckStatus.FAILED, "look there"),
                check("c", CheckStatus.FAILED, "and there")));
    StepResult explained = MissingPermissions.with(step, List.of("IAM refuses it"));
    assertEquals(
        List.of("x", "IAM refuses it. Else: look there", "and there"),
        explained.checks().stream().map(CheckResult::hint).toList());
    assertEquals("command", explained.checks().get(1).command());
    assertSame(step, MissingPermissions.with(step, List.of()));
  }
}
