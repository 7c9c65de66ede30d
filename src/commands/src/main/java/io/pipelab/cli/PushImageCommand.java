package io.pipelab.cli;

import io.pipelab.image.PublishedImage;
import io.pipelab.report.Json;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipelab push-image}: the lab's images alone. */
@Command(
    name = "push-image",
    description =
        "Builds a lab's image and pushes it into the lab's repository; prints its digest."
            + " 'pipelab up' does it, too, and points the tasks at it.",
    footer = {"", "  pipelab push-image"})
final class PushImageCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id);
    Map<String, String> parameters = session.parameters(instance.lab());
    List<PublishedImage> images =
        session.workflows().pushImages(instance, parameters).run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.push-image/1");
      json.put("lab", instance.lab().id());
      json.put("images", images.stream().map(PushImageCommand::json).toList());
      Json.print(out, json);
    } else {
      images.forEach(image -> out.println(image.digest()));
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> json(PublishedImage image) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("uri", image.uri());
    json.put("digest", image.digest());
    json.put("tag", image.tag());
    json.put("pushed", image.pushed());
    return json;
  }
}
