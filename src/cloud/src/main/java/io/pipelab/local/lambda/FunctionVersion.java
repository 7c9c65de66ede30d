package io.pipelab.local.lambda;

import io.pipelab.local.lambda.execution.DeploymentPackage;
import io.pipelab.local.lambda.execution.FunctionImage;
import io.pipelab.local.lambda.execution.FunctionSpec;
import io.pipelab.local.lambda.execution.FunctionVpc;
import io.pipelab.local.lambda.execution.LayeredCode;
import io.pipelab.local.lambda.execution.Program;
import io.pipelab.local.lambda.execution.StoredCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** What a version consists of: {@code $LATEST} changes, published versions do not. */
record FunctionVersion(FunctionConfiguration configuration, StoredCode code) {

  String version() {
    return configuration.version();
  }

  String revision() {
    return configuration.revisionId();
  }

  private Optional<FunctionVpc> vpc() {
    return Optional.ofNullable(configuration.vpcConfig())
        .filter(vpc -> !vpc.subnetIds().isEmpty())
        .map(vpc -> new FunctionVpc(vpc.subnetIds(), vpc.securityGroupIds()));
  }

  /**
   * What an execution environment needs.
   *
   * @param arn the function's ARN without a version
   */
  FunctionSpec spec(String arn) {
    EnvironmentResponse environment = configuration.environment();
    return new FunctionSpec(
        configuration.functionName(),
        arn,
        version(),
        revision(),
        program(),
        configuration.memorySize(),
        Duration.ofSeconds(configuration.timeout()),
        environment == null ? Map.of() : environment.variables(),
        configuration.role(),
        configuration.loggingConfig().logGroup(),
        vpc());
  }

  private Program program() {
    if (code instanceof FunctionImage image) {
      return new Program.Container(image, ImageSettings.overrides(configuration));
    }
    LayeredCode layered =
        code instanceof DeploymentPackage archive
            ? new LayeredCode(archive, List.of())
            : (LayeredCode) code;
    return new Program.Handler(configuration.runtimeAsString(), configuration.handler(), layered);
  }
}
