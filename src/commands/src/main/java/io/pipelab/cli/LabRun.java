package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.Phase;
import io.pipelab.report.RunDocument;
import io.pipelab.report.RunDocument.Timed;
import io.pipelab.report.VerifyDocument;
import io.pipelab.target.Failure;
import io.pipelab.verify.StepResult;
import io.pipelab.verify.VerifyOptions;
import io.pipelab.workflow.Building;
import io.pipelab.workflow.Workflows;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import io.pipelab.workflow.step.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One lab's run: its phases, timed; what is up is taken down, whatever happened before. */
final class LabRun {
  private final Session session;
  private final LabInstance instance;
  private final boolean keep;
  private final List<Timed> phases = new ArrayList<>();
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
      phases.forEach(phase -> times.merge(phase.name(), phase.seconds(), Double::sum));
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
          timed("down", "", () -> session.workflows().down(instance).run(session.progress())));
    } catch (RuntimeException e) {
      failed = true;
      ExitCode down = session.present(e);
      return code.equals(ExitCode.OK) ? down : code;
    }
    return code.equals(ExitCode.OK) && !leftovers.isEmpty() ? ExitCode.LEFTOVERS : code;
  }

  /**
   * One part of the lab: all of it, or a phase.
   *
   * @param phase its id; empty for all
   */
  private record Part(
      String phase, Workflow<LabInstance> up, Workflow<LabInstance> drive, Set<String> steps) {}

  private ExitCode upToVerify() {
    for (Part part : parts()) {
      timed("up", part, () -> part.up().run(session.progress()));
      timed(
          "drive",
          part,
          () -> {
            LabInstance driven = part.drive().run(session.progress());
            part.drive().requireAll();
            return driven;
          });
      Workflow<List<StepResult>> verify =
          session
              .workflows()
              .verify(
                  instance,
                  session.parameters(instance.lab()),
                  VerifyOptions.ALL.after(verified.steps(), part.steps()));
      timed("verify", part, () -> verify.run(session.progress())).forEach(this::take);
      requireInTime(verify, instance, keep);
    }
    return VerifyCommand.exitCode(verified);
  }

  /** All of them before the first is built: a mistake in a manifest shows at once. */
  private List<Part> parts() {
    Workflows workflows = session.workflows();
    Map<String, String> parameters = session.parameters(instance.lab());
    String runId = RunId.fresh();
    Building building = workflows.building(instance, parameters, runId, List.of());
    Lab lab = instance.lab();
    if (lab.phases().isEmpty()) {
      Workflow<LabInstance> drive = workflows.drive(instance, parameters, runId, lab.drive());
      return List.of(new Part("", building.up(), drive, Set.of()));
    }
    String standing = session.standingPhase(instance).orElse("");
    List<Part> parts = new ArrayList<>();
    for (Phase phase : lab.phases().all()) {
      parts.add(
          new Part(
              phase.id(),
              build(building, phase, standing, parts.isEmpty()),
              workflows.drive(instance, parameters, runId, phase.drive()),
              lab.stepsOf(phase).stream().map(StepSpec::id).collect(Collectors.toSet())));
    }
    return parts;
  }

  /** Builds a phase; a lab that stands already is not taken back for it. */
  private Workflow<LabInstance> build(
      Building building, Phase phase, String standing, boolean first) {
    boolean stands = instance.lab().phases().stands(phase.id(), standing);
    if (first) {
      return building.upTo(stands ? standing : phase.id());
    }
    return stands ? Workflow.of("up", List.of(), () -> instance) : building.further(phase);
  }

  /** A step that a later phase adds a check to is looked at again; the last word counts. */
  private void take(StepResult result) {
    Map<String, StepResult> all = new HashMap<>();
    verified.steps().forEach(step -> all.put(step.id(), step));
    all.put(result.id(), result);
    verified =
        session.document(
            instance,
            instance.lab().steps().stream()
                .map(step -> all.get(step.id()))
                .filter(Objects::nonNull)
                .toList());
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

  private <T> T timed(String name, Part part, Supplier<T> work) {
    return timed(name, part.phase(), work);
  }

  private <T> T timed(String name, String phase, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      phases.add(new Timed(name, phase, (System.nanoTime() - start) / 1e9));
    }
  }
}
