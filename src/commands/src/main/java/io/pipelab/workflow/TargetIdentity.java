package io.pipelab.workflow;

import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Launcher;
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
        () -> String.valueOf(caller().account()),
        "partition",
        this::partition,
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

  /** Of an endpoint that does not say who calls in AWS's form, AWS's own. */
  private String partition() {
    String[] arn = String.valueOf(caller().arn()).split(":", 3);
    return arn.length == 3 ? arn[1] : "aws";
  }

  private String region() {
    return cloud.clients().sts().serviceClientConfiguration().region().id();
  }

  private String pipelab() {
    return launcher.on(cloud.target());
  }
}
