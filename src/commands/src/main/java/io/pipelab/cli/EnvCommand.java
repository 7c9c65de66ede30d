package io.pipelab.cli;

import io.pipelab.lab.ShellCommand;
import io.pipelab.report.Json;
import io.pipelab.report.VisibleText;
import io.pipelab.target.Target;
import io.pipelab.target.TargetVariables;
import io.pipelab.workflow.step.LabInstance;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipelab env}: the target and a lab's outputs as variables of a shell. */
@Command(
    name = "env",
    description =
        "Prints the variables that point a shell and its programs to the target: endpoint, region,"
            + " keys, and the lab's outputs (QueueUrl becomes QUEUE_URL).",
    footer = {"", "  eval \"$(pipelab env)\"", "  eval \"$(pipelab env --unset)\""})
final class EnvCommand implements PipelabAction {
  /** What a shell or its programs read: no output may replace it. */
  private static final Pattern RESERVED =
      Pattern.compile("(AWS|PIPELAB|LD|DYLD|BASH|JAVA|LC)_.*|IFS|ENV|PATH|HOME|SHELL|PS[0-9]|LANG");

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  @Mixin private final LabArgument lab = new LabArgument();

  @Option(names = "--unset", description = "take all of it back: earlier values return")
  boolean unset;

  @Override
  public ExitCode run(Session session) {
    ShellEnvironment before = new ShellEnvironment(session.invocation().environment());
    Map<String, @Nullable String> changes =
        unset ? before.takenBack() : before.with(variables(session, before));
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("schema", "pipelab.env/1");
      json.put("variables", changes);
      Json.print(out, json);
    } else {
      changes.forEach(
          (name, value) -> out.println(value == null ? "unset " + name : exported(name, value)));
      // Version 1 of the AWS command line ignores the variable for SQS (aws-cli issue 8737).
      if (changes.get(ENDPOINT) != null) {
        out.println("aws() { command aws --endpoint-url \"$" + ENDPOINT + "\" \"$@\"; }");
      } else if (changes.containsKey(ENDPOINT)) {
        out.println("unset -f aws");
      }
    }
    return ExitCode.OK;
  }

  /** What steers a terminal does not pass our streams: the shell makes it again. */
  private static String exported(String name, String value) {
    if (VisibleText.of(value).equals(value)) {
      return "export " + name + "=" + ShellCommand.quoted(value);
    }
    StringBuilder bytes = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format("\\0%03o", each & 0xff));
    }
    return "%1$s=$(printf %%b '%2$s.') && export %1$s=\"${%1$s%%.}\"".formatted(name, bytes);
  }

  /** What shall hold in the shell; null for what shall not be set there. */
  private Map<String, @Nullable String> variables(Session session, ShellEnvironment before) {
    LabInstance instance = session.lab(lab.id);
    Map<String, String> outputs =
        session.workflows().outputs(instance, session.parameters(instance.lab())).run(event -> {});
    TargetVariables target = session.targetVariables();
    Map<String, @Nullable String> variables = new LinkedHashMap<>();
    target.unset().forEach(name -> variables.put(name, null));
    variables.putAll(target.set());
    // The endpoint's variable alone would choose another target than the one that is meant.
    variables.put(
        "PIPELAB_TARGET",
        session.target() instanceof Target.Endpoint ? null : session.targetName());
    outputs.forEach(
        (output, value) -> {
          String name = variable(output);
          if (RESERVED.matcher(name).matches() || before.hasOwn(name)) {
            session.progress().note("output " + output + " is left out: " + name + " is taken");
          } else {
            variables.put(name, value);
          }
        });
    return variables;
  }

  /** {@code QUEUE_URL} for {@code QueueUrl}. */
  static String variable(String output) {
    return output
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9_]", "_")
        .replaceFirst("^([0-9])", "_$1")
        .toUpperCase(Locale.ROOT);
  }
}
