package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.verify.load.Sent;
import io.pipelab.workflow.drive.PublishSettings;
import io.pipelab.workflow.drive.PublishToLab;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab publish}: a message to the lab's topic. */
@Command(
    name = "publish",
    description = "Publishes a message to a lab's topic; without --message the lab's test message.",
    footer = {
      "",
      "  pipelab publish image-resize",
      "  pipelab publish image-resize --message 'Is anybody there?' --attribute Message=Hello"
    })
final class PublishCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(names = "--message", paramLabel = "TEXT", description = "what is published")
  @Nullable String message;

  @Option(names = "--subject", paramLabel = "TEXT", description = "its subject")
  @Nullable String subject;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description = "a message attribute of type String (repeatable)")
  Map<String, String> attributes = new LinkedHashMap<>();

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id).byName(made.byName);
    PublishSettings settings =
        PublishSettings.of(instance.lab()).with(subject, message, attributes);
    Sent.Message sent =
        session
            .workflows()
            .act(
                "publish",
                instance,
                session.parameters(instance.lab()),
                RunId.fresh(),
                on -> new PublishToLab(settings, on))
            .run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.publish/1");
      json.put("run", sent.runId());
      json.put("topic", sent.topic());
      json.put("messageId", sent.messageId());
      json.put("message", sent.text());
      Json.print(out, json);
    } else {
      out.println("published " + sent.messageId() + " to " + sent.topic());
    }
    return ExitCode.OK;
  }
}
