package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.report.Seconds;
import io.pipelab.target.CloudEnd;
import io.pipelab.target.CloudState;
import io.pipelab.target.LocalCloudProcess;
import io.pipelab.target.ProcessMemory;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.LabCopy;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code pipelab local status}. */
@Command(name = "status", description = "Whether the embedded cloud runs, where, and what is up.")
final class LocalStatusCommand implements PipelabAction {
  private static final long MIB = 1024 * 1024;

  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT_REGION;
  }

  @Override
  public ExitCode run(Session session) {
    return show(session);
  }

  static ExitCode show(Session session) {
    LocalCloudProcess.Sighting sighting = session.localCloud().look();
    CloudState running = sighting.running();
    CloudState gone = sighting.gone();
    PrintStream out = session.invocation().out();
    if (running != null) {
      show(running, session, out);
    } else if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.local.status/1");
      json.put("running", false);
      Json.print(out, json);
    } else {
      out.println("the embedded cloud is not running");
    }
    if (running == null && gone != null) {
      session.invocation().err().println(CloudEnd.text(gone));
      session.localCloud().forget();
    }
    return ExitCode.OK;
  }

  private static void show(CloudState state, Session session, PrintStream out) {
    double uptime = Duration.between(state.startedAt(), Instant.now()).toMillis() / 1000.0;
    OptionalLong memory = ProcessMemory.residentBytes(state.pid());
    List<String> labs = labs(session);
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.local.status/1");
      json.put("running", true);
      json.put("endpoint", state.endpoint());
      json.put("region", state.region());
      json.put("pid", state.pid());
      json.put("uptimeSeconds", uptime);
      json.put("residentBytes", memory.isPresent() ? memory.getAsLong() : null);
      json.put("speed", state.speed());
      json.put("version", state.version());
      json.put("refusesOtherUsers", state.refusesOtherUsers());
      json.put("iam", state.iam());
      json.put("log", session.localCloud().log());
      json.put("labs", labs);
      Json.print(out, json);
      return;
    }
    out.println("the embedded cloud runs at " + state.endpoint() + " (" + state.region() + ")");
    out.println(
        "  process %d for %s%s"
            .formatted(
                state.pid(),
                Seconds.text(uptime),
                memory.isPresent() ? ", " + memory.getAsLong() / MIB + " MiB resident" : ""));
    out.println(
        "  speed "
            + state.speed()
            + (state.speed() == 1
                ? ": real time"
                : ": a CloudWatch minute takes " + Seconds.text(60.0 / state.speed())));
    if (!state.refusesOtherUsers()) {
      out.println("  OPEN TO EVERY USER OF THIS MACHINE, who can run code as you: see SECURITY.md");
    }
    out.println("  " + state.iamLine());
    out.println("  labs up: " + (labs.isEmpty() ? "none" : String.join(", ", labs)));
    out.println("  log " + session.localCloud().log());
  }

  private static List<String> labs(Session session) {
    return new Stacks(session.localClients().cloudFormation())
        .copies().stream().map(LabCopy::asArguments).toList();
  }
}
