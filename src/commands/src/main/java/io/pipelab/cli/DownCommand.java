package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.Target;
import io.pipelab.workflow.LabInstance;
import io.pipelab.workflow.Leftover;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab down}: everything until nothing of the lab is left. */
@Command(
    name = "down",
    description =
        "Empties and deletes a lab's stacks, then looks for what is left and lists it "
            + "(exit code 6 when anything is).",
    footer = {"", "  pipelab down", "  pipelab down --all", "  pipelab down --instance two"})
final class DownCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Option(names = "--all", description = "every lab and every instance that is up on the target")
  boolean all;

  @Override
  public ExitCode run(Session session) {
    if (session.target() instanceof Target.Local && session.localCloud().look().running() == null) {
      session.sayIfGone();
      session.progress().note("the embedded cloud is not running: nothing is up");
      return show(session, List.of(), List.of());
    }
    List<LabInstance> instances = all ? session.labsUp() : List.of(session.lab(lab.id));
    List<Leftover> leftovers = new ArrayList<>();
    for (LabInstance instance : instances) {
      leftovers.addAll(session.workflows().down(instance).run(session.progress()));
    }
    return show(session, instances, leftovers);
  }

  private static ExitCode show(
      Session session, List<LabInstance> instances, List<Leftover> leftovers) {
    PrintStream out = session.invocation().out();
    List<String> labs = instances.stream().map(LabInstance::asArguments).toList();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.down/1");
      json.put("target", session.targetName());
      json.put("labs", labs);
      json.put("leftovers", leftovers.stream().map(DownCommand::json).toList());
      Json.print(out, json);
    } else if (leftovers.isEmpty()) {
      out.println(
          switch (labs.size()) {
            case 0 -> "nothing was up on " + session.targetName();
            case 1 -> "lab " + labs.get(0) + " is down, and nothing of it is left";
            default -> "labs " + String.join(", ", labs) + " are down, and nothing of them is left";
          });
    } else {
      out.println(leftovers.size() + " left:");
      leftovers.forEach(thing -> out.println("  " + thing.type() + " " + thing.id()));
    }
    return leftovers.isEmpty() ? ExitCode.OK : ExitCode.LEFTOVERS;
  }

  static Map<String, Object> json(Leftover thing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", thing.type());
    json.put("id", thing.id());
    return json;
  }
}
