package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;

/** ECS's errors with its own words. */
final class EcsErrors {
  private EcsErrors() {}

  static AwsError client(String message) {
    return AwsError.badRequest("ClientException", message);
  }

  static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterException", message);
  }

  static AwsError clusterNotFound() {
    return AwsError.badRequest("ClusterNotFoundException", "Cluster not found.");
  }
}
