package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.RunDocument;
import io.pipelab.report.StepLines;
import io.pipelab.target.Failure;
import io.pipelab.target.Target;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code pipelab run}: up, drive, verify and down in one go. */
@Command(
    name = "run",
    description =
        "Sets a lab up, drives it, verifies every step and takes it down again, all in one go."
            + " Also takes it down when something failed, unless --keep.",
    footer = {
      "",
      "  pipelab run",
      "  pipelab run decoupling --keep -P TaskCount=2",
      "  pipelab run --all -o json"
    })
final class RunCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Option(names = "--all", description = "every lab, one after the other")
  boolean all;

  @Option(names = "--keep", description = "leave the lab up")
  boolean keep;

  @Override
  public ExitCode run(Session session) {
    session.outliveReader(); // the lab has to come down again
    boolean cloudWasThere =
        !(session.target() instanceof Target.Local)
            || session.localCloud().look().running() != null;
    List<LabInstance> instances = new ArrayList<>();
    if (all) {
      session.labs().ids().forEach(id -> instances.add(session.checkedLab(id)));
    } else {
      instances.add(session.checkedLab(lab.id));
    }
    List<RunDocument> documents = new ArrayList<>();
    ExitCode code = ExitCode.OK;
    for (LabInstance instance : instances) {
      LabRun labRun = new LabRun(session, instance, keep);
      ExitCode own = labRun.run();
      code = code.equals(ExitCode.OK) ? own : code;
      documents.add(labRun.document());
      if (!session.output().json()) {
        PrintStream out = session.invocation().out();
        StepLines.again(
                labRun.document().verify().steps(),
                session.style(session.invocation().terminal().out()))
            .forEach(out::println);
        out.println(labRun.document().sentence());
      }
    }
    if (!cloudWasThere && !keep && !session.interrupted()) {
      stopCloud(session);
    }
    if (session.output().json()) {
      Map<String, Object> json = all ? RunDocument.json(documents) : documents.get(0).json();
      Json.print(session.invocation().out(), json);
    }
    return code;
  }

  /** The cloud that was started for this run alone; what is still up in it keeps it. */
  private static void stopCloud(Session session) {
    try {
      if (session.localCloud().look().running() != null && session.copiesUp().isEmpty()) {
        session.localCloud().stop(session.progress()::note);
        session.progress().note("the embedded cloud, which this run had started, is stopped");
      }
    } catch (SdkException | Failure e) {
      session.present(e);
    }
  }
}
