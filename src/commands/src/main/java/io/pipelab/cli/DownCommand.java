package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.Target;
import io.pipelab.workflow.down.Leftover;
import io.pipelab.workflow.step.LabCopy;
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
    List<LabCopy> copies = all ? session.copiesUp() : List.of(session.copy(lab.id));
    List<Leftover> leftovers = new ArrayList<>();
    ExitCode code = ExitCode.OK;
    for (LabCopy copy : copies) {
      try {
        leftovers.addAll(session.down(copy).run(session.progress()));
      } catch (RuntimeException e) {
        ExitCode why = session.present(e);
        if (endsWith(why, session)) {
          return why;
        }
        // One lab that cannot be deleted does not keep the others up.
        List<Leftover> stacks = session.stacksOf(copy);
        leftovers.addAll(stacks);
        if (!why.equals(ExitCode.STACK_FAILED) || stacks.isEmpty()) {
          code = why;
        }
      }
    }
    ExitCode shown = show(session, copies, leftovers);
    return code.equals(ExitCode.OK) ? shown : code;
  }

  /** Whether nothing more can be done, nor found out, after a lab could not be deleted. */
  private boolean endsWith(ExitCode why, Session session) {
    return all
        ? session.interrupted()
            || why.equals(ExitCode.NO_ANSWER)
            || why.equals(ExitCode.CREDENTIALS)
        : !why.equals(ExitCode.STACK_FAILED);
  }

  private static ExitCode show(Session session, List<LabCopy> copies, List<Leftover> leftovers) {
    PrintStream out = session.invocation().out();
    List<String> labs = copies.stream().map(LabCopy::asArguments).toList();
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
      out.println("remove what is in the way, then run the same 'pipelab down' again");
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
