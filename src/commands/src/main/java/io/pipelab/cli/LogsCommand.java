package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.LogText;
import io.pipelab.report.Style;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.target.TargetTime;
import io.pipelab.workflow.look.LogLine;
import io.pipelab.workflow.look.ReadLogs;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab logs}: what everything in a lab logged, in one order of time. */
@Command(
    name = "logs",
    description = "The logs of all of a lab's functions and tasks, merged by time (UTC).",
    footer = {"", "  pipelab logs --since 10m", "  pipelab logs decoupling --follow"})
final class LogsCommand implements PipelabAction {
  /** Until the user has seen enough. */
  private static final Duration ENDLESS = Duration.ofDays(365);

  @Mixin private final LabArgument lab = new LabArgument();

  @Mixin private final ByNameOption made = new ByNameOption();

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what is logged from now on, until Ctrl-C or --timeout")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "only the last 90s, 10m, 1h by the target's clock")
  private @Nullable Duration since;

  @Override
  public ExitCode run(Session session) {
    boolean json = session.output().json();
    if (json && follow) {
      throw Failure.usage(
          "-o json prints one document, which --follow would never end", "leave one of them out");
    }
    LabInstance instance = session.lab(lab.id).byName(made.byName);
    ReadLogs logs = new ReadLogs(instance, session.parts(instance), session.cloud());
    Instant from = since == null ? null : new TargetTime(session.clients()).now().minus(since);
    if (json) {
      Json.print(
          session.invocation().out(), document(session, instance, logs.groups(), logs.now(from)));
    } else if (follow) {
      follow(session, logs, from);
    } else {
      List<LogLine> lines = logs.now(from);
      print(session, lines);
      if (lines.isEmpty()) {
        session.progress().note("nothing was logged in " + String.join(", ", logs.groups()));
      }
    }
    return ExitCode.OK;
  }

  private static void follow(Session session, ReadLogs logs, @Nullable Instant from) {
    logs.follow(
        from,
        poller(session),
        deadline(session),
        lines -> {
          print(session, lines);
          if (session.invocation().out().checkError()) {
            throw new ReaderGone();
          }
        });
  }

  private static Poller poller(Session session) {
    boolean near = session.target() instanceof Target.Local;
    Duration pace = near ? Duration.ofMillis(500) : Duration.ofSeconds(2);
    return new Poller(pace, Duration.ofSeconds(20), Duration.ofMinutes(3));
  }

  private static Deadline deadline(Session session) {
    Duration timeout = session.output().timeout;
    return Deadline.in(timeout == null ? ENDLESS : timeout);
  }

  private static void print(Session session, List<LogLine> lines) {
    PrintStream out = session.invocation().out();
    Style style = session.style(session.invocation().terminal().out());
    lines.stream().flatMap(line -> LogText.text(line, style).stream()).forEach(out::println);
    out.flush();
  }

  private static Map<String, Object> document(
      Session session, LabInstance instance, List<String> groups, List<LogLine> lines) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.logs/1");
    json.put("lab", instance.lab().id());
    json.put("instance", instance.instance());
    json.put("target", session.targetName());
    json.put("groups", groups);
    json.put("events", lines.stream().map(LogText::json).toList());
    return json;
  }
}
