package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.Environment;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.SnapStart;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.SnapStartOptimizationStatus;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** What UpdateFunctionConfiguration, and CreateFunction with it, changes and refuses. */
final class FunctionSettings {
  private static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");
  private static final int MAX_VARIABLES_BYTES = 4096;
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_DEFAULT_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_RUNTIME_API",
          "AWS_REGION",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "LAMBDA_RUNTIME_DIR",
          "LAMBDA_TASK_ROOT",
          "TZ");

  private FunctionSettings() {}

  /**
   * A configuration with the members that the request sets; the others stay.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationException, InvalidParameterValueException
   */
  static FunctionConfiguration apply(
      FunctionConfiguration base, UpdateFunctionConfigurationRequest change) {
    ImageSettings.check(base, change);
    FunctionConfiguration.Builder next = base.toBuilder();
    if (change.role() != null) {
      next.role(role(change.role()));
    }
    if (change.runtimeAsString() != null) {
      RuntimeSupport.check(change.runtimeAsString(), Runtime.version().feature());
      next.runtime(change.runtimeAsString());
    }
    if (change.handler() != null) {
      next.handler(handler(change.handler()));
    }
    if (change.description() != null) {
      next.description(text(change.description(), "description", 256));
    }
    if (change.timeout() != null) {
      next.timeout(within(change.timeout(), "timeout", 1, 900));
    }
    if (change.memorySize() != null) {
      next.memorySize(within(change.memorySize(), "memorySize", 128, 10240));
    }
    if (change.ephemeralStorage() != null) {
      within(change.ephemeralStorage().size(), "ephemeralStorage.size", 512, 10240);
      next.ephemeralStorage(change.ephemeralStorage());
    }
    if (change.environment() != null) {
      next.environment(environment(change.environment()));
    }
    if (change.deadLetterConfig() != null) {
      next.deadLetterConfig(deadLetters(change.deadLetterConfig()));
    }
    if (change.imageConfig() != null) {
      next.imageConfigResponse(ImageSettings.response(change.imageConfig()));
    }
    if (change.snapStart() != null) {
      snapStart(next, change.snapStart());
    }
    if (change.loggingConfig() != null && change.loggingConfig().logGroup() != null) {
      String group = change.loggingConfig().logGroup();
      next.loggingConfig(logging -> logging.logFormat(LogFormat.TEXT).logGroup(group));
    }
    return next.build();
  }

  /** What a new function has before its request is applied. */
  static FunctionConfiguration defaults(String name, String arn, PackageType packageType) {
    return FunctionConfiguration.builder()
        .functionName(name)
        .functionArn(arn)
        .version(FunctionName.LATEST)
        .description("")
        .timeout(3)
        .memorySize(128)
        .packageType(packageType)
        .architecturesWithStrings("x86_64")
        .ephemeralStorage(storage -> storage.size(512))
        .tracingConfig(tracing -> tracing.mode(TracingMode.PASS_THROUGH))
        .snapStart(
            snapStart ->
                snapStart
                    .applyOn(SnapStartApplyOn.NONE)
                    .optimizationStatus(SnapStartOptimizationStatus.OFF))
        .loggingConfig(logging -> logging.logFormat(LogFormat.TEXT).logGroup("/aws/lambda/" + name))
        .build();
  }

  private static String role(String role) {
    if (!ROLE.matcher(role).matches()) {
      throw Errors.constraint(role, "role", "satisfy regular expression pattern: " + ROLE);
    }
    return role;
  }

  private static String handler(String handler) {
    if (handler.isEmpty() || handler.length() > 128 || handler.chars().anyMatch(c -> c == ' ')) {
      throw Errors.constraint(handler, "handler", "satisfy regular expression pattern: [^\\s]+");
    }
    return handler;
  }

  private static String text(String text, String member, int most) {
    if (text.length() > most) {
      throw Errors.constraint(text, member, "have length less than or equal to " + most);
    }
    return text;
  }

  private static int within(@Nullable Integer value, String member, int least, int most) {
    if (value == null) {
      throw Errors.missing(member);
    }
    if (value < least) {
      throw Errors.constraint(value, member, "have value greater than or equal to " + least);
    }
    if (value > most) {
      throw Errors.constraint(value, member, "have value less than or equal to " + most);
    }
    return value;
  }

  /** An environment without variables is none. */
  private static @Nullable EnvironmentResponse environment(Environment wanted) {
    Map<String, String> variables = variables(wanted);
    return variables.isEmpty() ? null : EnvironmentResponse.builder().variables(variables).build();
  }

  private static Map<String, String> variables(Environment environment) {
    Map<String, String> variables = environment.variables();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    variables.forEach(document::put);
    for (String name : variables.keySet()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw Errors.constraint(
            name,
            "environment.variables",
            "satisfy constraint: [Member must satisfy regular expression pattern: "
                + VARIABLE
                + "]");
      }
    }
    List<String> reserved = variables.keySet().stream().filter(RESERVED::contains).toList();
    if (!reserved.isEmpty()) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    int bytes = document.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_VARIABLES_BYTES) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + bytes
              + " bytes");
    }
    return variables;
  }

  private static @Nullable DeadLetterConfig deadLetters(DeadLetterConfig config) {
    String target = config.targetArn();
    if (target == null || target.isEmpty()) {
      return null;
    }
    if (!target.startsWith("arn:aws:sqs:") && !target.startsWith("arn:aws:sns:")) {
      throw Errors.invalid("The provided target resource is not supported: " + target);
    }
    return config;
  }

  private static void snapStart(FunctionConfiguration.Builder next, SnapStart wanted) {
    next.snapStart(
        snapStart ->
            snapStart
                .applyOn(wanted.applyOnAsString())
                .optimizationStatus(SnapStartOptimizationStatus.OFF));
  }
}
