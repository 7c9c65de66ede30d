package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.LabCatalog;
import io.pipelab.target.Failure;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Workflow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code run} advises when its time is up: that 'verify' would look at a lab that is gone. */
class LabRunTest {
  private static final Failure LATE =
      new Failure(Failure.Kind.TIME_IS_UP, "not in time", "why", "run 'pipelab verify' again");

  private final LabInstance instance =
      new LabInstance(LabCatalog.in(Path.of("templates")).lab("decoupling"), "two");
  private final Workflow<List<String>> verify =
      new Workflow<>(
          "verify",
          List.of(),
          List::of,
          () -> {
            throw LATE;
          });

  @Test
  void aLabThatGoesDownCannotBeVerifiedAgain() {
    Failure failure =
        assertThrows(Failure.class, () -> LabRun.requireInTime(verify, instance, false));

    assertEquals(Failure.Kind.TIME_IS_UP, failure.kind());
    assertEquals("not in time", failure.what());
    assertEquals("why", failure.why());
    assertEquals(
        "'pipelab run decoupling --instance two' with a longer --timeout, or with --keep to look at"
            + " the lab",
        failure.next());
  }

  @Test
  void aLabThatStaysCan() {
    assertSame(
        LATE, assertThrows(Failure.class, () -> LabRun.requireInTime(verify, instance, true)));
  }
}
