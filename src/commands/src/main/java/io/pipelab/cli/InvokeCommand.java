package io.pipelab.cli;

import io.pipelab.drive.InvokeFunction;
import io.pipelab.drive.InvokeFunction.Invoked;
import io.pipelab.report.InvokeText;
import io.pipelab.report.Json;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;

/** {@code pipelab invoke}: one event to one function. */
@Command(
    name = "invoke",
    description = {
      "Sends an event to a function of a lab that is up and prints its answer or its error, the log's"
          + " tail, duration, init, billed time and memory.",
      "Exit code: 0 answered, 1 the function failed, 2 an event that Lambda does not take, 254"
          + " refused."
    },
    footer = {
      "",
      "  pipelab invoke s3_to_sqs_lambda --event samples/job-offers/s3-event.json",
      "  pipelab invoke job_api_lambda --event '{\"rawPath\": \"/v1\"}' -o json",
      "  echo '{}' | pipelab invoke CreateThumbnail --event - --async",
      "",
      "In an event $${outputs.NAME} stands for an output of the lab's stacks."
    })
final class InvokeCommand implements PipelabAction {
  @Parameters(
      arity = "0..2",
      paramLabel = "[LAB] FUNCTION",
      description = {
        "the lab, when its name is needed to find the function;",
        "the function: its name, its logical id, or an output of its stack"
      })
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--event",
      paramLabel = "FILE|-|JSON",
      description = "the event: a file, - for standard input, or JSON (default: {})")
  String event = "{}";

  @Option(
      names = "--async",
      description = "queue the event: Lambda runs the function later, and again when it fails")
  boolean async;

  @Option(
      names = "--qualifier",
      paramLabel = "Q",
      description = "a version or an alias (default: the unpublished code)")
  @Nullable String qualifier;

  @Override
  public Set<String> without() {
    return Set.of("-P");
  }

  @Override
  public ExitCode run(Session session) {
    EventArgument given = EventArgument.of(event, session.invocation().in());
    Found found = StandingResource.of(session, arguments, Kind.FUNCTION, false);
    byte[] payload = given.with(found.values());
    session
        .progress()
        .underway(
            "the function may have begun; it goes on without pipelab", "'pipelab logs' shows it");
    Invoked invoked =
        new InvokeFunction(session.clients().lambdaInvocations(), session.cloud().deadline().left())
            .invoke(found.name(), qualifier, payload, async);
    return async ? queued(session, found, invoked) : answered(session, found, invoked);
  }

  private ExitCode answered(Session session, Found found, Invoked invoked) {
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = document(session, found);
      json.putAll(InvokeText.json(invoked));
      Json.print(out, json);
    } else {
      InvokeText.lines(found.name(), invoked, session.style(session.invocation().terminal().out()))
          .forEach(out::println);
    }
    return invoked.error() == null ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private ExitCode queued(Session session, Found found, Invoked invoked) {
    PrintStream out = session.invocation().out();
    String group = logGroup(session.clients().lambda(), found.name());
    if (session.output().json()) {
      Map<String, Object> json = document(session, found);
      json.put("requestId", invoked.requestId());
      json.put("status", invoked.status());
      json.put("logGroup", group);
      Json.print(out, json);
    } else {
      out.println("queued for " + found.name() + ", request " + invoked.requestId());
      out.println(
          "  log: " + group + ", also in 'pipelab logs " + found.copy().asArguments() + "'");
    }
    return ExitCode.OK;
  }

  private Map<String, Object> document(Session session, Found found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.invoke/1");
    json.put("lab", found.copy().lab());
    json.put("instance", found.copy().instance());
    json.put("target", session.targetName());
    json.put("function", found.name());
    json.put("qualifier", qualifier);
    json.put("async", async);
    return json;
  }

  private static String logGroup(LambdaClient lambda, String function) {
    LoggingConfig logging =
        lambda.getFunctionConfiguration(get -> get.functionName(function)).loggingConfig();
    return logging == null || logging.logGroup() == null
        ? "/aws/lambda/" + function
        : logging.logGroup();
  }
}
