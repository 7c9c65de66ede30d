package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.StepLines;
import io.pipelab.report.VerifyDocument;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Progress.Took;
import io.pipelab.workflow.step.Workflow;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab verify}: every step of the lab against what really happened. */
@Command(
    name = "verify",
    description =
        "Checks every step of a lab; each check waits until it holds or its time is over."
            + " Exit code 1 when one does not hold.",
    footer = {
      "",
      "  pipelab verify",
      "  pipelab verify --step queue --step alarm",
      "  pipelab verify --within 2m -o json",
      "  pipelab verify --fix subscription"
    })
final class VerifyCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(names = "--step", paramLabel = "ID", description = "only this step (repeatable)")
  Set<String> steps = new LinkedHashSet<>();

  @Option(
      names = "--within",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "how long each check waits: 30s, 5m")
  @Nullable Duration within;

  @Option(
      names = {"-v", "--verbose"},
      description = "also show what was expected and seen of steps that passed")
  boolean verbose;

  @Option(
      names = "--fix",
      paramLabel = "STEP",
      description =
          "checks this step, runs the command of its hint after showing it, and checks it again")
  @Nullable String fix;

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id).byName(made.byName);
    Set<String> chosen = fix == null ? steps : Set.of(fix);
    chosen.forEach(instance.lab()::step);
    session.sayIfOpen();
    Verified verified = verify(session, instance, chosen);
    if (fix != null && StepFix.canFix(verified.results().get(0))) {
      new StepFix(session, instance).run(verified.results().get(0));
      verified = verify(session, instance, chosen);
    } else if (fix != null) {
      boolean passed = verified.results().get(0).status() == CheckStatus.PASSED;
      session
          .progress()
          .note(passed ? "nothing to fix" : "no command fixes this: the hint says what to do");
    }
    session.keep(instance, verified.results(), Map.of());
    VerifyDocument document = session.document(instance, verified.results(), verified.parts());
    if (session.output().json()) {
      Json.print(session.invocation().out(), document.json());
    } else {
      PrintStream out = session.invocation().out();
      StepLines.again(verified.results(), session.style(session.invocation().terminal().out()))
          .forEach(out::println);
      out.println(document.sentence());
    }
    verified.verify().requireAll();
    return exitCode(document);
  }

  private record Verified(
      Workflow<List<StepResult>> verify, List<StepResult> results, List<Took> parts) {}

  private Verified verify(Session session, LabInstance instance, Set<String> chosen) {
    Workflow<List<StepResult>> verify =
        session
            .workflows()
            .verify(
                instance,
                session.parameters(instance.lab()),
                new VerifyOptions(chosen, within).withDetails(verbose));
    List<Took> parts = new CopyOnWriteArrayList<>();
    Progress progress =
        event -> {
          if (event instanceof Took took) {
            parts.add(took);
          }
          session.progress().on(event);
        };
    return new Verified(verify, verify.run(progress), parts);
  }

  /** When nothing was looked at, nothing was verified; what is to come is no failure. */
  static ExitCode exitCode(VerifyDocument document) {
    boolean good = document.passed() > 0 || document.pending() > 0;
    return document.failed() == 0 && good ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }
}
