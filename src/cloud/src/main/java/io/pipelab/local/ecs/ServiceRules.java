package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/** What CreateService and UpdateService refuse. */
final class ServiceRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
  private static final int HUNDRED = 100;
  private static final int TWO_HUNDRED = 200;

  private ServiceRules() {}

  /**
   * Checks what a request says by itself.
   *
   * @throws AwsError InvalidParameterException, or NotImplemented
   */
  static void check(CreateServiceRequest request) {
    if (!NAME.matcher(request.serviceName()).matches()) {
      throw EcsErrors.invalid(
          "Invalid parameter at 'serviceName': Up to 255 letters (uppercase and lowercase),"
              + " numbers, underscores, and hyphens are allowed.");
    }
    if (request.launchType() != LaunchType.FARGATE) {
      throw AwsError.notImplemented(
          "ECS services of the launch type "
              + Objects.requireNonNullElse(request.launchTypeAsString(), "EC2")
              + ", only of FARGATE");
    }
    if (request.taskDefinition() == null || request.taskDefinition().isBlank()) {
      throw EcsErrors.invalid("TaskDefinition can not be blank.");
    }
    if (request.desiredCount() == null) {
      throw EcsErrors.invalid("desiredCount is required for the scheduling strategy REPLICA.");
    }
    checkCount(request.desiredCount());
    configuration(request.deploymentConfiguration());
  }

  static void checkCount(int desired) {
    if (desired < 0) {
      throw EcsErrors.invalid("desiredCount must be greater than or equal to 0.");
    }
  }

  /**
   * A deployment configuration with ECS's defaults.
   *
   * @throws AwsError InvalidParameterException
   */
  static DeploymentConfiguration configuration(@Nullable DeploymentConfiguration given) {
    DeploymentConfiguration.Builder completed =
        given == null ? DeploymentConfiguration.builder() : given.toBuilder();
    DeploymentConfiguration asked = completed.build();
    int most = Objects.requireNonNullElse(asked.maximumPercent(), TWO_HUNDRED);
    int least = Objects.requireNonNullElse(asked.minimumHealthyPercent(), HUNDRED);
    if (most < HUNDRED) {
      throw EcsErrors.invalid("maximumPercent must be greater than or equal to 100.");
    }
    if (least < 0 || least > HUNDRED) {
      throw EcsErrors.invalid("minimumHealthyPercent must be between 0 and 100.");
    }
    if (most == HUNDRED && least == HUNDRED) {
      throw EcsErrors.invalid(
          "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block"
              + " deployments.");
    }
    return completed
        .maximumPercent(most)
        .minimumHealthyPercent(least)
        .deploymentCircuitBreaker(breaker -> breaker.enable(false).rollback(false))
        .build();
  }
}
