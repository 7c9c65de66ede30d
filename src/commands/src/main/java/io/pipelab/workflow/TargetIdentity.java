package io.pipelab.workflow;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whose account the target is, asked once, when a manifest first refers to it. */
final class TargetIdentity {
  private final Cloud cloud;
  private final Launcher launcher;
  private @Nullable GetCallerIdentityResponse caller;

  TargetIdentity(Cloud cloud, Launcher launcher) {
    this.cloud = cloud;
    this.launcher = launcher;
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
        "pipelab",
        this::pipelab);
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

  private String pipelab() {
    return launcher.on(cloud.target());
  }
}
