package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.VpcConfig;

/** Settings that would change how a function behaves and are not implemented: refused by name. */
final class UnsupportedSettings {
  private UnsupportedSettings() {}

  static void refuse(CreateFunctionRequest request) {
    refuse(!request.layers().isEmpty(), "Lambda layers");
    refuse(!request.fileSystemConfigs().isEmpty(), "file systems of functions");
    refuse(request.codeSigningConfigArn() != null, "code signing of functions");
    refuse(request.publishTo() != null, "PublishTo of functions");
    refuse(request.tenancyConfig() != null, "tenant isolation of functions");
  }

  static void refuse(UpdateFunctionConfigurationRequest request) {
    refuse(inVpc(request.vpcConfig()), "functions in a VPC");
    refuse(request.capacityProviderConfig() != null, "capacity providers of functions");
    refuse(request.durableConfig() != null, "durable functions");
    refuse(!request.layers().isEmpty(), "Lambda layers");
    refuse(!request.fileSystemConfigs().isEmpty(), "file systems of functions");
    refuse(request.kmsKeyArn() != null && !request.kmsKeyArn().isEmpty(), "KMS keys of functions");
    refuse(
        request.tracingConfig() != null && request.tracingConfig().mode() == TracingMode.ACTIVE,
        "X-Ray tracing of functions");
    LoggingConfig logging = request.loggingConfig();
    refuse(
        logging != null && logging.logFormat() == LogFormat.JSON, "JSON log format of functions");
  }

  private static boolean inVpc(VpcConfig vpc) {
    return vpc != null && !(vpc.subnetIds().isEmpty() && vpc.securityGroupIds().isEmpty());
  }

  private static void refuse(boolean used, String what) {
    if (used) {
      throw AwsError.notImplemented(what);
    }
  }
}
