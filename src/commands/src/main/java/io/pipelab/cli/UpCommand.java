package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipelab up}: everything until the lab stands. */
@Command(
    name = "up",
    description =
        "Sets up a lab, from whatever state it is in: starts the embedded cloud, builds "
            + "and pushes what the lab needs, creates or updates its stacks. Again without "
            + "changes it does nothing.",
    footer = {
      "",
      "  pipelab up",
      "  pipelab up decoupling --instance two -P TaskCount=2",
      "  pipelab up decoupling --target aws --region eu-west-1"
    })
final class UpCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.checkedLab(lab.id);
    Map<String, String> parameters = session.parameters(instance.lab());
    session.workflows().up(instance, parameters, RunId.fresh()).run(session.progress());
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.up/1");
      json.put("lab", instance.lab().id());
      json.put("instance", instance.instance());
      json.put("target", session.targetName());
      json.put("stacks", instance.lab().stacks().stream().map(instance::stackName).toList());
      Json.print(session.invocation().out(), json);
    } else {
      session.standing(instance).forEach(session.invocation().out()::println);
    }
    return ExitCode.OK;
  }
}
