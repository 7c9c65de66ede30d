package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.ManifestError;
import io.pipelab.report.Json;
import io.pipelab.report.StatusTable;
import io.pipelab.target.Target;
import io.pipelab.workflow.byname.LabParts;
import io.pipelab.workflow.look.LookAround;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipelab status}: a lab at a glance. */
@Command(
    name = "status",
    description = "A lab at a glance: stacks, queues, alarm, tasks, function, table.",
    footer = {"", "  pipelab status", "  pipelab status --instance two -o json"})
final class StatusCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();
  @Mixin private final ByNameOption made = new ByNameOption();

  @Override
  public ExitCode run(Session session) {
    LabCopy copy = session.copy(lab.id);
    LookAround.Sight sight;
    if (session.target() instanceof Target.Local && session.localCloud().look().running() == null) {
      session.sayIfGone();
      session.progress().note("the embedded cloud is not running");
      sight = new LookAround.Sight(false, List.of());
    } else {
      session.sayIfOpen();
      sight = new LookAround(copy, parts(session, copy), session.cloud()).look();
    }
    Optional<Lab> known = sight.up() ? known(session, copy) : Optional.empty();
    String phase =
        known
            .flatMap(each -> session.standingPhase(new LabInstance(each, copy.instance())))
            .orElse("");
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.status/1");
      json.put("lab", copy.lab());
      json.put("instance", copy.instance());
      json.put("target", session.targetName());
      json.put("up", sight.up());
      json.put("phase", phase.isEmpty() ? null : phase);
      json.put("resources", StatusTable.json(sight.lines()));
      Json.print(out, json);
      return ExitCode.OK;
    }
    out.println(
        "lab %s is %s%s on %s"
            .formatted(
                copy.asArguments(),
                sight.up() ? "up" : "not up",
                known.map(each -> Session.upTo(each.phases(), phase)).orElse(""),
                session.targetName()));
    StatusTable.text(sight.lines(), session.style(session.invocation().terminal().out()))
        .forEach(out::println);
    return ExitCode.OK;
  }

  /** The copy's manifest; a status does not need it. */
  private static Optional<Lab> known(Session session, LabCopy copy) {
    try {
      return session.labs().ids().contains(copy.lab())
          ? Optional.of(session.labs().lab(copy.lab()))
          : Optional.empty();
    } catch (ManifestError e) {
      session.progress().note("the manifest is broken: the phase is not known");
      return Optional.empty();
    }
  }

  private LabParts parts(Session session, LabCopy copy) {
    return made.byName ? session.parts(session.lab(copy).byName(true)) : LabParts.NONE;
  }
}
