package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import software.amazon.awssdk.services.lambda.model.GetFunctionCodeSigningConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionCodeSigningConfigResponse;

/**
 * GetFunctionCodeSigningConfig, which Terraform reads of every function: none has a configuration,
 * since a function with one is refused.
 */
final class CodeSigningActions {
  private final Functions functions;

  CodeSigningActions(Functions functions) {
    this.functions = functions;
  }

  void addTo(Actions actions) {
    actions.on(GetFunctionCodeSigningConfigRequest.class, this::getFunctionCodeSigningConfig);
  }

  /** AWS leaves all members out for a function that has none. */
  private GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
      GetFunctionCodeSigningConfigRequest request) {
    functions.get(FunctionName.parse(request.functionName(), null));
    return GetFunctionCodeSigningConfigResponse.builder().build();
  }
}
