package io.pipelab.cli;

import io.pipelab.report.DoctorDocument;
import io.pipelab.report.Json;
import io.pipelab.target.Failure;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.Target;
import io.pipelab.workflow.doctor.Doctor;
import io.pipelab.workflow.doctor.FoldersProbe;
import io.pipelab.workflow.doctor.LeastPolicy;
import io.pipelab.workflow.doctor.PortProbe;
import io.pipelab.workflow.doctor.Probe;
import io.pipelab.workflow.doctor.TargetProbe;
import io.pipelab.workflow.doctor.ToolsProbe;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab doctor}: check the prerequisites on this target. */
@Command(
    name = "doctor",
    description =
        "Checks the prerequisites on this target: tools, folders, port, credentials,"
            + " services, names. Changes nothing.",
    footer = {
      "",
      "  pipelab doctor",
      "  pipelab doctor decoupling --target aws",
      "  pipelab doctor job-offers --print-policy",
      "  pipelab doctor job-offers --print-policy --for deploy-function"
    })
final class DoctorCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Option(
      names = "--print-policy",
      description =
          "print the least IAM policy with which an AWS user can work with the lab, and check"
              + " nothing")
  boolean printPolicy;

  @Option(
      names = "--for",
      paramLabel = "up|deploy-function",
      description =
          "what the policy is for: everything from up to down (default), or new code into the"
              + " lab's functions alone")
  LeastPolicy.@Nullable Use use;

  @Override
  public ExitCode run(Session session) {
    if (printPolicy) {
      return new PolicyPage(session, use == null ? LeastPolicy.Use.UP : use).print(lab.id);
    }
    if (use != null) {
      throw Failure.usage("--for belongs to --print-policy", "add it, or leave --for away");
    }
    String named = lab.id == null ? null : session.copy(lab.id).lab();
    session.instance();
    Target target = session.target();
    TargetProbe targetProbe =
        new TargetProbe(target, session.localCloud(), session.clients(), Clock.systemUTC());
    DoctorDocument document =
        new DoctorDocument(
            named == null ? "" : named,
            session.targetName(),
            new Doctor(
                    machine(session),
                    targetProbe,
                    new Doctor.Surroundings(
                        target,
                        session.clients(),
                        session.localCloud(),
                        session.artifacts(),
                        session.invocation().environment()))
                .examine(() -> session.checkedLab(named), session.givenParameters()));
    if (session.output().json()) {
      Json.print(session.invocation().out(), document.json());
    } else {
      document
          .text(session.style(session.invocation().terminal().out()))
          .forEach(session.invocation().out()::println);
    }
    Failure.Kind stops = document.firstStop();
    return stops == null ? ExitCode.OK : ExitCode.of(stops);
  }

  private static List<Probe> machine(Session session) {
    List<Probe> probes = new ArrayList<>();
    probes.add(
        new ToolsProbe(
            Runtime.version(),
            Path.of(System.getProperty("java.home")),
            session.invocation().environment()));
    probes.add(new FoldersProbe(session.folders()));
    if (session.target() instanceof Target.Local) {
      probes.add(new PortProbe(session.localCloud(), LocalCloudProcess.DEFAULT_PORT));
    }
    return probes;
  }
}
