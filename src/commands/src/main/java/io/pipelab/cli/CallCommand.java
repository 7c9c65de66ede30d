package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.Failure;
import io.pipelab.target.HttpCaller;
import io.pipelab.workflow.drive.CallLab;
import io.pipelab.workflow.drive.CallSettings;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipelab call}: a request to the lab's HTTP API. */
@Command(
    name = "call",
    description = {
      "Sends a request to a lab's HTTP API and prints the status and the body.",
      "Exit code: 0 for 1xx to 3xx, 254 for 4xx, 1 for 5xx, 4 for no answer."
    },
    footer = {
      "",
      "  pipelab call job-offers GET /v1/jobs?limit=5",
      "  pipelab call POST /v1/jobs --data '{\"city\": \"Lyon\", ...}'",
      "  pipelab call PUT /v1/jobs/42 --data @job.json"
    })
final class CallCommand implements PipelabAction {
  @Parameters(
      arity = "2..3",
      paramLabel = "[LAB] METHOD PATH",
      description = "the lab, when it is not the one that is up; method and path")
  List<String> arguments = new ArrayList<>();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(
      names = "--data",
      paramLabel = "JSON|@FILE",
      description = "the request's body, or @ and the file that holds it")
  @Nullable String data;

  @Override
  public ExitCode run(Session session) {
    LabAndRest what = LabAndRest.of(session, arguments);
    LabInstance instance = what.instance().byName(made.byName);
    if (what.rest().size() != 2) {
      throw Failure.usage(
          "a call needs a method and a path", "for example: pipelab call GET /v1/jobs");
    }
    CallSettings settings =
        CallSettings.of(instance.lab(), what.rest().get(0), what.rest().get(1), body(data));
    HttpCaller.Answer answer =
        session
            .workflows()
            .act(
                "call",
                instance,
                session.parameters(instance.lab()),
                RunId.NONE,
                on -> new CallLab(settings, on))
            .run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.call/1");
      json.put("status", answer.status());
      json.put("body", answer.body());
      Json.print(out, json);
    } else {
      out.println("HTTP " + answer.status());
      if (!answer.body().isEmpty()) {
        out.println(answer.body());
      }
    }
    return switch (answer.status() / 100) {
      case 4 -> ExitCode.REFUSED;
      case 5 -> ExitCode.CHECK_FAILED;
      default -> ExitCode.OK;
    };
  }

  private static @Nullable String body(@Nullable String data) {
    if (data == null || !data.startsWith("@")) {
      return data;
    }
    try {
      return Files.readString(Path.of(data.substring(1)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.usage("the file " + data.substring(1) + " cannot be read", "check its name");
    }
  }
}
