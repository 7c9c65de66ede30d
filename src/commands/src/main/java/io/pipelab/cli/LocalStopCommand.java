package io.pipelab.cli;

import io.pipelab.report.Json;
import io.pipelab.target.LocalCloudProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code pipelab local stop}. */
@Command(
    name = "stop",
    description = "Stops the embedded cloud and all that runs in it. Its labs are gone then.")
final class LocalStopCommand implements PipelabAction {
  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT_REGION;
  }

  @Override
  public ExitCode run(Session session) {
    LocalCloudProcess cloud = session.localCloud();
    session.sayIfGone();
    boolean stopped = cloud.stop(session.progress()::note);
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.local.stop/1");
      json.put("stopped", stopped);
      Json.print(session.invocation().out(), json);
    } else {
      session
          .invocation()
          .out()
          .println(
              stopped ? "the embedded cloud is stopped" : "the embedded cloud was not running");
    }
    return ExitCode.OK;
  }
}
