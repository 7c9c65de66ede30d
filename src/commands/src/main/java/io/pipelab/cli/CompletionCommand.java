package io.pipelab.cli;

import io.pipelab.report.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code pipelab completion}: what makes a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Prints the script by which bash and zsh complete commands and options.",
    footer = {"", "  source <(pipelab completion)"})
final class CompletionCommand implements PipelabAction {
  @Override
  public ExitCode run(Session session) {
    String script = AutoComplete.bash("pipelab", Pipelab.allCommands());
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.completion/1");
      json.put("script", script);
      Json.print(session.invocation().out(), json);
    } else {
      session.invocation().out().print(script);
    }
    return ExitCode.OK;
  }
}
