package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.Failure;
import io.pipelab.workflow.drive.DeployFunction;
import io.pipelab.workflow.drive.DeploySettings;
import io.pipelab.workflow.drive.FunctionOwners;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.LabCopy;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipelab deploy-function}: new code into one function of a lab. */
@Command(
    name = "deploy-function",
    description =
        "Puts new code into one function of a lab, without a stack update, and publishes it as a"
            + " version; prints the version.",
    footer = {
      "",
      "  pipelab deploy-function job_api_lambda",
      "  pipelab deploy-function job-offers job_api_lambda --jar target/my-api.jar"
    })
final class DeployFunctionCommand implements PipelabAction {
  @Parameters(
      arity = "1..2",
      paramLabel = "[LAB] NAME",
      description = "the lab, when its name is needed to find the function; the function's name")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "the code; without it what pipelab's own build made for the lab")
  @Nullable Path jar;

  @Override
  public ExitCode run(Session session) {
    boolean labIsNamed = session.labs().ids().contains(arguments.get(0));
    if (arguments.size() != (labIsNamed ? 2 : 1)) {
      throw Failure.usage(
          "deploy-function needs the name of one function",
          "for example: pipelab deploy-function job_api_lambda");
    }
    String function = arguments.get(arguments.size() - 1);
    LabInstance instance =
        labIsNamed ? session.lab(arguments.get(0)) : session.lab(owner(session, function));
    DeploySettings settings = new DeploySettings(function, jar, jar == null);
    DeployFunction.Deployed deployed =
        session
            .workflows()
            .act(
                "deploy-function",
                instance,
                session.parameters(instance.lab()),
                RunId.fresh(),
                on -> new DeployFunction(settings, on))
            .run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.deploy-function/1");
      json.put("function", deployed.function());
      json.put("version", deployed.version());
      json.put("codeSha256", deployed.codeSha256());
      Json.print(out, json);
    } else {
      out.println(deployed.function() + " version " + deployed.version());
    }
    return ExitCode.OK;
  }

  /** The copy that has the function; when none has, the one that is up, which says what it has. */
  private static LabCopy owner(Session session, String function) {
    List<LabCopy> up = session.copiesMeant();
    Stacks stacks = new Stacks(session.clients().cloudFormation());
    List<LabCopy> owners = up.size() < 2 ? List.of() : new FunctionOwners(stacks).of(function, up);
    return owners.isEmpty() ? session.copy(null) : UnnamedLab.of(owners, owners.get(0));
  }
}
