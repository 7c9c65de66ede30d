package io.pipelab.verify.check;

import io.pipelab.verify.check.Observation.Claim;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/** A Lambda function is Active and configured as it should, as far as the settings name it. */
record FunctionConfiguration(Settings settings) implements Check {
  static final CheckType TYPE =
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
              "description")
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
      return claim.never(String.join("; ", shape.differences()));
    }
    String actual = function + " " + has.stateAsString() + ", " + shape.words();
    boolean ready =
        has.state() == State.ACTIVE && has.lastUpdateStatus() != LastUpdateStatus.IN_PROGRESS;
    return ready ? claim.holds(actual) : claim.lacks(actual);
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
