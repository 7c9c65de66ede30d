package io.pipelab.local.lambda;

import io.pipelab.local.lambda.execution.DeploymentPackage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;

/**
 * One version of a layer; it never changes, but for who may use it.
 *
 * @param description as GetLayerVersion shows it
 * @param policy who else may use it, or null for nobody
 */
record LayerVersion(
    GetLayerVersionResponse description,
    DeploymentPackage content,
    LambdaFunction.@Nullable PolicyState policy) {

  String arn() {
    return description.layerVersionArn();
  }

  LayerVersion withPolicy(LambdaFunction.@Nullable PolicyState changed) {
    return new LayerVersion(description, content, changed);
  }

  /** Whether it is meant for a runtime and an architecture; null for any. */
  boolean matches(@Nullable String runtime, @Nullable String architecture) {
    return (runtime == null || description.compatibleRuntimesAsStrings().contains(runtime))
        && (architecture == null
            || description.compatibleArchitecturesAsStrings().contains(architecture));
  }
}
