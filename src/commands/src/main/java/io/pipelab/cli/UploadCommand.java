package io.pipelab.cli;

import io.pipelab.drive.UploadResult;
import io.pipelab.report.Json;
import io.pipelab.report.UploadText;
import io.pipelab.workflow.drive.UploadSettings;
import io.pipelab.workflow.drive.UploadToLab;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import io.pipelab.workflow.step.Workflow;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pipelab upload}: files into the lab's bucket. */
@Command(
    name = "upload",
    description =
        "Puts files into a lab's bucket, where the lab looks for new ones; without FILE the lab's"
            + " samples (exit code 5 when not all could be sent).",
    footer = {
      "",
      "  pipelab upload image-resize",
      "  pipelab upload image-resize holiday.jpg portrait.jpg"
    })
final class UploadCommand implements PipelabAction {
  @Parameters(
      arity = "0..*",
      paramLabel = "[LAB] FILE",
      description = "the lab, when it is not the one that is up; then the files")
  List<String> arguments = new ArrayList<>();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Override
  public ExitCode run(Session session) {
    LabAndRest what = LabAndRest.of(session, arguments);
    LabInstance instance = what.instance().byName(made.byName);
    Map<String, String> parameters = session.parameters(instance.lab());
    List<Path> files = what.rest().stream().map(Path::of).toList();
    UploadSettings settings =
        UploadSettings.of(instance.lab(), files, session.artifacts().samplesOf(instance.lab()));
    Workflow<UploadResult> upload =
        session
            .workflows()
            .act(
                "upload", instance, parameters, RunId.fresh(), on -> new UploadToLab(settings, on));
    UploadResult result = upload.run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Json.print(out, UploadText.json(result));
    } else {
      UploadText.lines(result).forEach(out::println);
    }
    upload.requireAll();
    return ExitCode.OK;
  }
}
