package io.pipelab.verify.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptResultsTest {
  private static final Instant THEN = Instant.parse("2026-11-21T17:42:00Z");
  private static final Lab LAB = LabCatalog.in(Path.of("templates")).lab("decoupling");

  @TempDir Path folder;

  @Test
  void whatWasSeenIsThereAgain() {
    kept("", THEN)
        .keep("aws", List.of(step("stored", CheckStatus.PASSED, "500 items")), Map.of("up", 12.5));

    LastRun last = kept("", THEN.plusSeconds(9)).last();

    assertEquals(Optional.of("500 items"), last.figure("stored.items"));
    assertEquals(THEN, last.steps().get("stored").at());
    assertEquals("aws", last.steps().get("stored").target());
    assertEquals(Map.of("up", 12.5), last.times());
    assertEquals(LastRun.NONE, kept("two", THEN).last());
  }

  @Test
  void whatWasNotLookedAtStaysAsItWas() {
    kept("", THEN)
        .keep("local", List.of(step("stored", CheckStatus.PASSED, "7")), Map.of("up", 1.0));
    kept("", THEN.plusSeconds(60))
        .keep(
            "local",
            List.of(
                step("stored", CheckStatus.TO_DO, "nothing loaded"),
                step("alarm", CheckStatus.FAILED, "OK"),
                step("drained", CheckStatus.LATE, "3"),
                step("ci", CheckStatus.PENDING, "waits"),
                step("email", CheckStatus.SKIPPED, "no address")),
            Map.of());

    LastRun last = kept("", THEN).last();

    assertEquals(Optional.of("7"), last.figure("stored.items"));
    assertEquals(THEN, last.steps().get("stored").at());
    assertEquals(THEN.plusSeconds(60), last.steps().get("alarm").at());
    assertEquals(List.of("stored", "alarm", "drained"), List.copyOf(last.steps().keySet()));
    assertEquals(Map.of("up", 1.0), last.times());
  }

  @Test
  void onlyWhatPassedIsAFigure() {
    kept("", THEN).keep("local", List.of(step("stored", CheckStatus.FAILED, "498")), Map.of());

    LastRun last = kept("", THEN).last();

    assertEquals(Optional.empty(), last.figure("stored.items"));
    assertEquals(Optional.empty(), last.figure("stored.else"));
    assertEquals(Optional.empty(), last.figure("stored"));
    assertEquals(CheckStatus.FAILED, last.steps().get("stored").status());
  }

  @Test
  void onlyTheUserMayReadIt() throws IOException {
    kept("two", THEN).keep("local", List.of(step("stored", CheckStatus.PASSED, "1")), Map.of());

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("decoupling@two.json"))));
  }

  @Test
  void aFileOfAnotherLabOrOfSomebodyElseTellsNothing() throws IOException {
    kept("", THEN).keep("local", List.of(step("stored", CheckStatus.PASSED, "1")), Map.of());
    Path file = folder.resolve("decoupling.json");
    String text = Files.readString(file);
    for (String other :
        List.of(
            text.replace("templates/decoupling", "elsewhere/decoupling"),
            text.replace("2026-", "year-"),
            text.replace("PASSED", "GOOD"),
            "{",
            "")) {
      Files.writeString(file, other);
      assertEquals(LastRun.NONE, kept("", THEN).last(), other);
    }
  }

  @Test
  void aFolderThatTakesNoFileIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    KeptResults kept = new KeptResults(file.resolve("x"), LAB, "", InstantSource.fixed(THEN));

    assertThrows(UncheckedIOException.class, () -> kept.keep("local", List.of(), Map.of()));
  }

  private KeptResults kept(String instance, Instant now) {
    return new KeptResults(folder, LAB, instance, InstantSource.fixed(now));
  }

  private static StepResult step(String id, CheckStatus status, String actual) {
    CheckResult check = new CheckResult("items", status, "500 items", actual, 1, null, null);
    return new StepResult(id, id, "", status, List.of(check));
  }
}
