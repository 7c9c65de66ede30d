package io.pipelab.report.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.report.Style;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.step.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
  private static final Style PLAIN = Style.of(false);

  private final Screen screen = new Screen();
  private WindowSize window = new WindowSize(60, 12);
  private long now;
  private final LiveRegion region = new LiveRegion(screen.stream(), () -> window);
  private final PrintStream above = region.above(screen.stream(), StandardCharsets.UTF_8);

  private LiveProgress progress() {
    return new LiveProgress(region, above, PLAIN, above, PLAIN, () -> now, 0);
  }

  private static Progress.ResourceChanged resource(String name, String status, String reason) {
    return new Progress.ResourceChanged("stack", name, "AWS::SQS::Queue", status, reason);
  }

  private List<String> seenAfter(LiveProgress progress, long millis) {
    now += millis * 1_000_000;
    progress.draw();
    return screen.seen();
  }

  @Test
  void whatRunsIsRedrawnAndWhatHasEndedStays() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Deploy stack"));
      progress.on(resource("Queue", "CREATE_IN_PROGRESS", null));
      assertEquals(
          List.of("\\    Deploy stack, 0.5 s", "  ...  Queue AWS::SQS::Queue, 0.5 s"),
          seenAfter(progress, 500));
      progress.on(resource("Queue", "CREATE_COMPLETE", null));
      progress.note("a note");
      assertEquals(
          List.of("     a note", "-    Deploy stack, 1.0 s", "  ok   Queue AWS::SQS::Queue"),
          seenAfter(progress, 500));
      progress.on(new Progress.StepDone("Deploy stack", 1));
      assertEquals(
          List.of("     a note", "done Deploy stack, 1 resource, 1.0 s"), seenAfter(progress, 1));
    }
    assertTrue(screen.cursorShown && screen.wraps);
  }

  @Test
  void aSkippedStepIsNoBrokenOne() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Verify lab"));
      for (CheckStatus status : List.of(CheckStatus.PASSED, CheckStatus.SKIPPED)) {
        progress.on(new Progress.Checked(new StepResult("id", "title", "", status, List.of())));
      }
      List<String> seen = seenAfter(progress, 0);
      assertTrue(seen.contains("  ok   1 steps hold"), seen::toString);
      assertTrue(seen.contains("  ok   1 steps were not looked at"), seen::toString);
      progress.on(
          new Progress.Checked(new StepResult("id", "title", "", CheckStatus.FAILED, List.of())));
      assertTrue(seenAfter(progress, 0).contains("  FAIL 1 steps do not hold"));
    }
  }

  @Test
  void whatDoesNotFitCollapses() {
    window = new WindowSize(40, 6);
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Deploy stack with a name longer than the window"));
      for (int i = 0; i < 30; i++) {
        String status = i < 20 ? "CREATE_COMPLETE" : "CREATE_IN_PROGRESS";
        progress.on(resource("Queue" + i, status, null));
      }
      assertEquals(
          List.of(
              "|    Deploy stack with a name .., 0.0 s",
              "  ok   20 done",
              "  ...  Queue20 AWS::SQS::Queue, 0.0 s",
              "  ...  Queue21 AWS::SQS::Queue, 0.0 s",
              "  ...  and 8 more"),
          seenAfter(progress, 0));
    }
  }

  @Test
  void aFailedResourceStaysWithItsReason() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Deploy stack"));
      progress.on(resource("Queue", "CREATE_FAILED", "the name is taken"));
      progress.on(new Progress.StepFailed("Deploy stack", 2));
      assertEquals(
          List.of(
              "FAIL Deploy stack, 2.0 s",
              "  FAIL Queue AWS::SQS::Queue CREATE_FAILED: the name is taken"),
          seenAfter(progress, 1));
    }
  }

  @Test
  void whatRunsSideBySideIsShownBelowWhatTheyBelongTo() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Upload functions and push images"));
      progress.on(new Progress.StepStarted("Upload functions"));
      progress.on(new Progress.StepStarted("Build and push image consumer"));
      progress.on(new Progress.Counted("image consumer, percent", 42, 100));
      progress.on(new Progress.StepDone("Upload functions", 0.2));
      assertEquals(
          List.of(
              "|    Upload functions and push images, 0.0 s",
              "  done Upload functions, 0.2 s",
              "  ...  Build and push image consumer, 0.0 s",
              "    ...  image consumer: 42 %, 0.0 s"),
          seenAfter(progress, 0));
    }
  }

  @Test
  void anOpenQuestionIsNotDrawnOver() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Ask"));
      above.print("Go on? ");
      assertEquals(List.of("Go on?"), seenAfter(progress, 500));
      screen.stream().print("y\n");
      progress.on(new Progress.StepDone("Ask", 0.5));
      assertEquals(List.of("Go on? y", "done Ask, 0.5 s"), seenAfter(progress, 100));
    }
  }

  @Test
  void whatStillRunsAtTheEndIsSaid() {
    LiveProgress progress = progress();
    progress.on(new Progress.StepStarted("Deploy stack"));
    seenAfter(progress, 2000);
    progress.close();
    region.close();
    assertEquals(List.of("stop Deploy stack, not ended after 2.0 s"), screen.seen());
    assertTrue(screen.cursorShown && screen.wraps);
  }

  @Test
  void aNarrowerWindowHasWrappedTheLines() {
    try (LiveProgress progress = progress()) {
      progress.on(new Progress.StepStarted("Deploy stack pipelab-decoupling-foundation"));
      assertEquals(1, seenAfter(progress, 100).size());
      window = new WindowSize(30, 12);
      screen.stream().print("\n"); // the second row of what was one
      assertEquals(List.of("/    Deploy stack pi.., 0.2 s"), seenAfter(progress, 100));
    }
  }

  @Test
  void lettersThatSteerOrAreWideDoNotBreakTheLine() {
    assertEquals("a \\u001b[2J b", Columns.visible("a \u001b[2J\n b"));
    assertEquals(4, Columns.of("日本"));
    assertEquals("日..", Columns.cut("日本語", 5));
    assertEquals(new WindowSize(80, 24), Window.parse("24 80", WindowSize.USUAL));
    assertEquals(new WindowSize(1, 2), Window.parse("nonsense", new WindowSize(1, 2)));
  }
}
