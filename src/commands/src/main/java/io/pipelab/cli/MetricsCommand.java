package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.MetricCharts;
import io.pipelab.workflow.look.MetricSpan;
import io.pipelab.workflow.look.ReadMetrics;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab metrics}: the CloudWatch metrics of a lab as small charts. */
@Command(
    name = "metrics",
    description = "The metrics of a lab's queues, topics, functions and alarms as small charts.",
    footer = {"", "  pipelab metrics", "  pipelab metrics --since 3h -o json"})
final class MetricsCommand implements PipelabAction {
  @Mixin private final LabArgument lab = new LabArgument();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = DurationConverter.class,
      description =
          "the last 10m, 3h by the target's clock; without it since the lab was set up, at most 1h")
  private @Nullable Duration since;

  @Override
  public ExitCode run(Session session) {
    LabInstance instance = session.lab(lab.id).byName(made.byName);
    ReadMetrics.Charts charts =
        new ReadMetrics(instance, session.parts(instance), session.cloud()).read(since);
    MetricSpan span = charts.span();
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.metrics/1");
      json.put("lab", instance.lab().id());
      json.put("instance", instance.instance());
      json.put("target", session.targetName());
      json.put("from", span.from());
      json.put("to", span.to());
      json.put("periodSeconds", span.period().toSeconds());
      json.put("metrics", charts.series().stream().map(MetricCharts::json).toList());
      Json.print(out, json);
      return ExitCode.OK;
    }
    out.println(
        "%s to %s by the target's clock, %d s per bar"
            .formatted(span.from(), span.to(), span.period().toSeconds()));
    MetricCharts.text(charts.series(), session.style(session.invocation().terminal().out()))
        .forEach(out::println);
    return ExitCode.OK;
  }
}
