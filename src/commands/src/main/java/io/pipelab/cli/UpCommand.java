package io.pipelab.cli;

import io.pipelab.lab.Phase;
import io.pipelab.lab.Phases;
import io.pipelab.report.Json;
import io.pipelab.target.Failure;
import io.pipelab.target.Target;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab up}: everything until the lab stands, or one phase of it. */
@Command(
    name = "up",
    description =
        "Sets up a lab, from whatever state it is in: starts the embedded cloud, builds "
            + "and pushes what the lab needs, creates or updates its stacks. Again without "
            + "changes it does nothing.",
    footer = {
      "",
      "  pipelab up",
      "  pipelab up image-resize --phase topic-and-queues",
      "  pipelab up image-resize --next",
      "  pipelab up task-manager --next --no-execute",
      "  pipelab up decoupling --instance two -P TaskCount=2",
      "  pipelab up decoupling --target aws --region eu-west-1"
    })
final class UpCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Option(
      names = "--phase",
      paramLabel = "ID",
      description = "build up to this phase of the lab, and remove what belongs to later ones")
  @Nullable String phase;

  @Option(names = "--next", description = "build one phase more than stands")
  boolean next;

  @Option(
      names = "--no-execute",
      description = "show what would change in the lab's stacks, and why, and change nothing")
  boolean noExecute;

  @Override
  public ExitCode run(Session session) {
    if (phase != null && next) {
      throw Failure.usage("--phase and --next cannot be used together", "use one of them");
    }
    LabInstance instance = session.checkedLab(lab.id);
    Phases phases = instance.lab().phases();
    if (phases.isEmpty() && (phase != null || next)) {
      throw Failure.usage(
          "lab " + instance.lab().id() + " has no phases",
          "'pipelab up " + instance.asArguments() + "' builds it as one");
    }
    if (phase != null) {
      phases.phase(phase);
    }
    Map<String, String> parameters = session.parameters(instance.lab());
    String standing = standing(session, instance);
    Optional<String> wanted = wanted(phases, standing);
    if (noExecute) {
      showChanges(session, instance, parameters, wanted.orElse(standing));
      return ExitCode.OK;
    }
    if (wanted.isPresent()) {
      session
          .workflows()
          .building(instance, parameters, RunId.fresh(), changes(phases, standing, wanted.get()))
          .upTo(wanted.get())
          .run(session.progress());
    } else {
      session.progress().note("every phase stands: " + String.join(", ", phases.ids()));
    }
    show(session, instance, wanted.orElse(standing));
    return ExitCode.OK;
  }

  private static void showChanges(
      Session session, LabInstance instance, Map<String, String> parameters, String phase) {
    Map<String, List<String>> changes =
        session
            .workflows()
            .building(instance, parameters, RunId.NONE, List.of())
            .changes(phase)
            .run(session.progress());
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.changes/1");
      json.put("lab", instance.lab().id());
      json.put("instance", instance.instance());
      json.put("target", session.targetName());
      json.put("phase", instance.lab().phases().isEmpty() ? null : phase);
      json.put("stacks", changes);
      Json.print(session.invocation().out(), json);
      return;
    }
    changes.forEach(
        (stack, lines) -> {
          session.invocation().out().println(stack + (lines.isEmpty() ? ": no changes" : ""));
          lines.forEach(line -> session.invocation().out().println("  " + line));
        });
  }

  /** How far the lab is built, where that decides what is done or what is asked. */
  private String standing(Session session, LabInstance instance) {
    boolean matters = next || session.target() instanceof Target.Aws;
    return matters ? session.settledPhase(instance).orElse("") : "";
  }

  /** The phase to build up to; empty when there is no next one. */
  private Optional<String> wanted(Phases phases, String standing) {
    if (next) {
      return phases.after(standing).map(Phase::id);
    }
    if (phase != null) {
      return Optional.of(phase);
    }
    return Optional.of(phases.isEmpty() ? "" : phases.last().id());
  }

  private static List<String> changes(Phases phases, String standing, String wanted) {
    if (phases.isEmpty()) {
      return List.of();
    }
    List<String> changes = new ArrayList<>();
    changes.add("up to phase " + phases.place(wanted));
    List<String> removed = phases.resourcesBetween(wanted, standing);
    if (!removed.isEmpty()) {
      changes.add("removed, with what is in it: " + String.join(", ", removed));
    }
    List<String> added = phases.resourcesBetween(standing, wanted);
    if (!added.isEmpty() && !standing.isEmpty()) {
      changes.add("added: " + String.join(", ", added));
    }
    return changes;
  }

  private static void show(Session session, LabInstance instance, String phase) {
    if (!session.output().json()) {
      session.standing(instance, phase).forEach(session.invocation().out()::println);
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.up/1");
    json.put("lab", instance.lab().id());
    json.put("instance", instance.instance());
    json.put("target", session.targetName());
    json.put("stacks", instance.lab().stacks().stream().map(instance::stackName).toList());
    json.put("phase", instance.lab().phases().isEmpty() ? null : phase);
    Json.print(session.invocation().out(), json);
  }
}
