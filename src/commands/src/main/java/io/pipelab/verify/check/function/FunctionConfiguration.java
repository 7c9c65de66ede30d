package io.pipelab.verify.check.function;

import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.Shape;
import io.pipelab.verify.check.policy.PolicyJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * A Lambda function is Active and configured as it should, as far as the settings name it.
 *
 * <p>The setting {@code hidden} names a variable that no output may show. A fix that would have to
 * repeat it is left out: Lambda replaces all variables together.
 */
public record FunctionConfiguration(Settings settings) implements Check {
  /** The AWS command line's option for each setting that it can change. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "description", "--description",
          "handler", "--handler",
          "memory", "--memory-size",
          "role", "--role",
          "runtime", "--runtime",
          "timeout", "--timeout");

  public static final CheckType TYPE =
      CheckType.named("function-configuration")
          .needs("function")
          .takes(
              "runtime",
              "handler",
              "timeout",
              "memory",
              "role",
              "environment",
              "package",
              "description",
              "hidden")
          .madeBy(FunctionConfiguration::new);

  @Override
  public Observation look(CheckScope scope) {
    String function = settings.text("function");
    Claim claim =
        Observation.expect(function + " Active, " + new Shape(settings, Map.of()).words());
    GetFunctionConfigurationResponse has;
    try {
      has = scope.clients().lambda().getFunctionConfiguration(get -> get.functionName(function));
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no function " + function);
    }
    if (has.state() == State.FAILED || has.lastUpdateStatus() == LastUpdateStatus.FAILED) {
      return claim.never(function + " failed: " + has.stateReason() + has.lastUpdateStatusReason());
    }
    Shape shape = new Shape(settings, seen(has));
    if (!shape.differences().isEmpty()) {
      Observation seen = claim.never(String.join("; ", shape.differences()));
      boolean ofVariables =
          shape.differences().stream().anyMatch(each -> each.startsWith("environment."));
      return ofVariables && settings.has("hidden") ? seen : seen.fixedBy(fix(seen(has)));
    }
    String actual = function + " " + has.stateAsString() + ", " + shape.words();
    boolean ready =
        has.state() == State.ACTIVE && has.lastUpdateStatus() != LastUpdateStatus.IN_PROGRESS;
    return ready ? claim.holds(actual) : claim.lacks(actual);
  }

  /** All that the settings name; variables that they do not name stay. */
  private ShellCommand fix(Map<String, String> has) {
    List<String> call = new ArrayList<>(List.of("aws", "lambda", "update-function-configuration"));
    call.addAll(List.of("--function-name", settings.text("function")));
    new TreeMap<>(OPTIONS)
        .forEach(
            (setting, option) -> {
              if (settings.has(setting)) {
                call.addAll(List.of(option, settings.text(setting)));
              }
            });
    if (settings.has("environment") && !settings.has("hidden")) {
      Map<String, String> variables = new TreeMap<>();
      has.forEach(
          (name, value) -> {
            if (name.startsWith("environment.")) {
              variables.put(name.substring("environment.".length()), value);
            }
          });
      variables.putAll(settings.map("environment"));
      call.addAll(List.of("--environment", PolicyJson.text(Map.of("Variables", variables))));
    }
    return new ShellCommand(List.of(call));
  }

  private static Map<String, String> seen(GetFunctionConfigurationResponse has) {
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put("runtime", has.runtimeAsString());
    seen.put("handler", has.handler());
    seen.put("timeout", String.valueOf(has.timeout()));
    seen.put("memory", String.valueOf(has.memorySize()));
    seen.put("role", has.role());
    seen.put("description", has.description());
    seen.put("package", has.packageTypeAsString());
    if (has.environment() != null) {
      has.environment()
          .variables()
          .forEach((name, value) -> seen.put("environment." + name, value));
    }
    return seen;
  }
}
