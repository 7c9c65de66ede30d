package io.pipelab.cli;

import io.pipelab.report.RunDocument;
import io.pipelab.report.RunDocument.Phase;
import io.pipelab.report.VerifyDocument;
import io.pipelab.target.Failure;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.Workflows;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.RunId;
import io.pipelab.workflow.step.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One lab's run: its phases, timed; what is up is taken down, whatever happened before. */
final class LabRun {
  private final Session session;
  private final LabInstance instance;
  private final boolean keep;
  private final List<Phase> phases = new ArrayList<>();
  private final List<Leftover> leftovers = new ArrayList<>();
  private VerifyDocument verified;
  private boolean failed;

  LabRun(Session session, LabInstance instance, boolean keep) {
    this.session = session;
    this.instance = instance;
    this.keep = keep;
    this.verified = session.document(instance, List.of());
  }

  RunDocument document() {
    return new RunDocument(
        instance.lab().id(),
        instance.instance(),
        session.targetName(),
        List.copyOf(phases),
        verified,
        List.copyOf(leftovers),
        failed);
  }

  /** Runs it, and keeps what it saw. */
  ExitCode run() {
    ExitCode code = runKept();
    if (!verified.steps().isEmpty()) {
      Map<String, Double> times = new LinkedHashMap<>();
      phases.forEach(phase -> times.put(phase.name(), phase.seconds()));
      session.keep(instance, verified.steps(), times);
    }
    return code;
  }

  private ExitCode runKept() {
    ExitCode code = ExitCode.OK;
    boolean reachable = true;
    try {
      code = upToVerify();
    } catch (RuntimeException e) {
      code = session.present(e);
      failed = true;
      reachable = !session.interrupted() && !code.equals(ExitCode.CREDENTIALS) && !isUnreachable(e);
    }
    if (keep || !reachable) {
      return code;
    }
    try {
      leftovers.addAll(
          timed("down", () -> session.workflows().down(instance).run(session.progress())));
    } catch (RuntimeException e) {
      failed = true;
      ExitCode down = session.present(e);
      return code.equals(ExitCode.OK) ? down : code;
    }
    return code.equals(ExitCode.OK) && !leftovers.isEmpty() ? ExitCode.LEFTOVERS : code;
  }

  private ExitCode upToVerify() {
    Progress progress = session.progress();
    Workflows workflows = session.workflows();
    Map<String, String> parameters = session.parameters(instance.lab());
    String runId = RunId.fresh();
    Workflow<LabInstance> drive = workflows.drive(instance, parameters, runId);
    timed("up", () -> workflows.up(instance, parameters, runId).run(progress));
    timed(
        "drive",
        () -> {
          LabInstance driven = drive.run(progress);
          drive.requireAll();
          return driven;
        });
    Workflow<List<StepResult>> verify = workflows.verify(instance, parameters, VerifyOptions.ALL);
    verified = session.document(instance, timed("verify", () -> verify.run(progress)));
    requireInTime(verify, instance, keep);
    return VerifyCommand.exitCode(verified);
  }

  /** What can be looked at again only when the lab stays up. */
  static void requireInTime(Workflow<?> verify, LabInstance instance, boolean keep) {
    try {
      verify.requireAll();
    } catch (Failure e) {
      String again = "'pipelab run " + instance.asArguments() + "' with a longer --timeout";
      throw keep
          ? e
          : new Failure(
              e.kind(), e.what(), e.why(), again + ", or with --keep to look at the lab", e);
    }
  }

  private static boolean isUnreachable(RuntimeException e) {
    return e instanceof Failure failure && failure.kind() == Failure.Kind.UNREACHABLE;
  }

  private <T> T timed(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      phases.add(new Phase(phase, (System.nanoTime() - start) / 1e9));
    }
  }
}
