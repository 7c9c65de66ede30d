package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.VerifyDocument;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.LabInstance;
import io.pipelab.workflow.Workflows;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      "  pipelab verify --within 2m -o json"
    })
final class VerifyCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Option(names = "--step", paramLabel = "ID", description = "only this step (repeatable)")
  Set<String> steps = new LinkedHashSet<>();

  @Option(
      names = "--within",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "how long each check waits: 30s, 5m")
  @Nullable Duration within;

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id);
    steps.forEach(instance.lab()::step);
    Map<String, String> parameters = session.parameters(instance.lab());
    Workflows.Verify verify =
        session.workflows().verify(instance, parameters, new VerifyOptions(steps, within));
    List<StepResult> results = verify.run(session.progress());
    VerifyDocument document = session.document(instance, results);
    if (session.output().json()) {
      Json.print(session.invocation().out(), document.json());
    } else {
      session.invocation().out().println(document.sentence());
    }
    verify.requireInTime();
    return exitCode(document);
  }

  /** When nothing was looked at, nothing was verified. */
  static ExitCode exitCode(VerifyDocument document) {
    return document.failed() == 0 && document.passed() > 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }
}
