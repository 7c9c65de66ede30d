package io.pipelab.workflow;

import io.pipelab.target.Target;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whose account the target is, asked once, when a manifest first refers to it. */
final class TargetIdentity {
  private final Cloud cloud;
  private @Nullable GetCallerIdentityResponse caller;

  TargetIdentity(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The references that a manifest may use for it. */
  Map<String, Supplier<String>> references() {
    return Map.of(
        "account",
        () -> caller().account(),
        "partition",
        () -> caller().arn().split(":")[1],
        "region",
        this::region,
        "aws",
        this::command);
  }

  private synchronized GetCallerIdentityResponse caller() {
    if (caller == null) {
      caller = cloud.clients().sts().getCallerIdentity();
    }
    return caller;
  }

  private String region() {
    return cloud.clients().sts().serviceClientConfiguration().region().id();
  }

  /** How AWS's own command line reaches this target, so that a hint never speaks to another. */
  private String command() {
    StringBuilder command = new StringBuilder("aws");
    cloud
        .clients()
        .sts()
        .serviceClientConfiguration()
        .endpointOverride()
        .ifPresent(endpoint -> command.append(" --endpoint-url ").append(endpoint));
    String profile = profile();
    if (profile != null) {
      command.append(" --profile ").append(profile);
    }
    return command.append(" --region ").append(region()).toString();
  }

  private @Nullable String profile() {
    if (cloud.target() instanceof Target.Aws aws) {
      return aws.profile();
    }
    return cloud.target() instanceof Target.Endpoint endpoint ? endpoint.profile() : null;
  }
}
