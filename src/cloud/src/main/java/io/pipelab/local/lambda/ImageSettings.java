package io.pipelab.local.lambda;

import io.pipelab.local.lambda.execution.ImageOverrides;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ImageConfig;
import software.amazon.awssdk.services.lambda.model.ImageConfigResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** What belongs to functions of one package type, and is refused for the other. */
final class ImageSettings {
  private ImageSettings() {}

  /**
   * Looks whether a new function's settings fit its package type.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValueException
   */
  static void check(CreateFunctionRequest request) {
    FunctionCode code = request.code();
    if (request.packageType() != PackageType.IMAGE) {
      if (code != null && code.imageUri() != null) {
        throw Errors.invalid(
            "Please don't provide ImageUri when creating a function with packageType Zip.");
      }
      requireNoImageConfig(request.imageConfig());
      if (request.runtimeAsString() == null || request.handler() == null) {
        throw Errors.invalid(
            "Runtime and Handler are mandatory parameters for functions created with deployment"
                + " packages.");
      }
      return;
    }
    if (code != null && code.imageUri() == null) {
      throw Errors.invalid(
          "Please provide ImageUri when creating a function with packageType Image.");
    }
    requireImages(
        request.runtimeAsString() != null || request.handler() != null || request.hasLayers());
  }

  /**
   * Looks whether a change fits the function's package type.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValueException
   */
  static void check(FunctionConfiguration function, UpdateFunctionConfigurationRequest change) {
    if (function.packageType() != PackageType.IMAGE) {
      requireNoImageConfig(change.imageConfig());
    } else {
      requireImages(
          change.runtimeAsString() != null
              || change.handler() != null
              || !change.layers().isEmpty());
    }
  }

  /**
   * Looks whether new code fits the function's package type, which never changes.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValueException
   */
  static void check(FunctionConfiguration function, FunctionCode code) {
    if (function.packageType() == PackageType.IMAGE && code.imageUri() == null) {
      throw Errors.invalid(
          "Please provide ImageUri when updating a function with packageType Image.");
    }
    if (function.packageType() != PackageType.IMAGE && code.imageUri() != null) {
      throw Errors.invalid(
          "Please don't provide ImageUri when updating a function with packageType Zip.");
    }
  }

  private static void requireNoImageConfig(@Nullable ImageConfig config) {
    if (config != null) {
      throw Errors.invalid(
          "Please don't provide ImageConfig when the intended function PackageType is Zip.");
    }
  }

  private static void requireImages(boolean handlerOrRuntimeOrLayer) {
    if (handlerOrRuntimeOrLayer) {
      throw Errors.invalid(
          "Please don't provide Handler or Runtime or Layer when the intended function PackageType"
              + " is Image.");
    }
  }

  /** An ImageConfig that overrides nothing is none. */
  static @Nullable ImageConfigResponse response(ImageConfig config) {
    boolean nothing =
        config.entryPoint().isEmpty()
            && config.command().isEmpty()
            && (config.workingDirectory() == null || config.workingDirectory().isEmpty());
    return nothing ? null : ImageConfigResponse.builder().imageConfig(config).build();
  }

  /** What a function overrides of its image. */
  static ImageOverrides overrides(FunctionConfiguration configuration) {
    ImageConfigResponse response = configuration.imageConfigResponse();
    ImageConfig config = response == null ? null : response.imageConfig();
    if (config == null) {
      return ImageOverrides.NONE;
    }
    String folder = config.workingDirectory();
    return new ImageOverrides(config.entryPoint(), config.command(), folder == null ? "" : folder);
  }
}
