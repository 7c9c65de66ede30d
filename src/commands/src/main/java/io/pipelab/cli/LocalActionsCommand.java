package io.pipelab.cli;

import io.pipelab.lab.template.EmbeddedService;
import io.pipelab.report.ActionsPage;
import io.pipelab.target.Failure;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pipelab local actions}. */
@Command(
    name = "actions",
    description =
        "What the embedded cloud implements: each service's API actions and CloudFormation types; of"
            + " one service also the members and properties that they honour. Anything else is"
            + " refused by name.",
    footer = {"", "  pipelab local actions", "  pipelab local actions sqs"})
final class LocalActionsCommand implements PipelabAction {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "only this service, with members and properties")
  @Nullable String service;

  @Override
  public Set<String> without() {
    return LocalCommand.WITHOUT_REGION;
  }

  @Override
  public ExitCode run(Session session) {
    List<EmbeddedService> all = EmbeddedService.all();
    List<EmbeddedService> shown = service == null ? all : List.of(find(all, service));
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      ActionsPage.json(shown, out);
    } else if (service == null) {
      ActionsPage.names(shown, out);
    } else {
      ActionsPage.members(shown.get(0), out);
    }
    return ExitCode.OK;
  }

  private static EmbeddedService find(List<EmbeddedService> all, String name) {
    return all.stream()
        .filter(each -> each.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "the embedded cloud has no service '" + name + "'",
                    "its services are "
                        + String.join(", ", all.stream().map(EmbeddedService::name).toList())));
  }
}
