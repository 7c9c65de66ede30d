package io.pipelab.cli;

import io.pipelab.drive.LoadResult;
import io.pipelab.report.Json;
import io.pipelab.report.LoadText;
import io.pipelab.target.Failure;
import io.pipelab.workflow.drive.LoadQueue;
import io.pipelab.workflow.drive.LoadSettings;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.RunId;
import io.pipelab.workflow.step.Workflow;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab load-queue}: exactly so many messages into the lab's queue. */
@Command(
    name = "load-queue",
    description =
        "Puts exactly N messages into a lab's queue: in batches, failed entries tried again,"
            + " every message accounted for (exit code 5 when not all could be sent).",
    footer = {
      "",
      "  pipelab load-queue --count 500",
      "  pipelab load-queue --count 50              below the alarm's threshold: nothing starts",
      "  pipelab load-queue --count 500 --poison 3  three messages that nobody can process"
    })
final class LoadQueueCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "how many messages; default: from the manifest")
  @Nullable Long count;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = RateConverter.class,
      description = "messages a second at most: 50 or 50/s; default: unlimited")
  double rate = Double.POSITIVE_INFINITY;

  @Option(
      names = "--body-file",
      paramLabel = "F",
      description = "take the bodies from this file's lines, over and over")
  @Nullable Path bodyFile;

  @Option(
      names = "--poison",
      paramLabel = "N",
      description = "how many of the messages cannot be processed (0 by default)")
  long poison;

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id).byName(made.byName);
    requireReadable(bodyFile);
    LoadSettings settings = settings(LoadSettings.of(instance.lab()));
    Map<String, String> parameters = session.parameters(instance.lab());
    Workflow<LoadResult> load =
        session
            .workflows()
            .act(
                "load-queue",
                instance,
                parameters,
                RunId.fresh(),
                on -> new LoadQueue(settings, on));
    LoadResult result = load.run(session.progress());
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Json.print(out, LoadText.json(result));
    } else {
      LoadText.lines(result).forEach(out::println);
    }
    load.requireAll();
    return ExitCode.OK;
  }

  /** The lab's usual load, with what the options say. */
  LoadSettings settings(LoadSettings usual) {
    return new LoadSettings(
        usual.queue(), count == null ? usual.count() : count, poison, rate, bodyFile);
  }

  /** Said before anything is asked of the target. */
  private static void requireReadable(@Nullable Path file) {
    if (file != null && !Files.isReadable(file)) {
      throw Failure.usage(
          "the file " + file + (Files.exists(file) ? " may not be read" : " is not there"),
          "--body-file takes a text file, one message body a line");
    }
  }
}
