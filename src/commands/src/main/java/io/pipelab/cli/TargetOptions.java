package io.pipelab.cli;

import io.pipelab.target.TargetSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where a command runs. */
final class TargetOptions {
  @Option(
      names = "--target",
      paramLabel = "local|aws",
      scope = ScopeType.INHERIT,
      description = "where to run: the embedded cloud (default) or real AWS")
  @Nullable String target;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "run on this AWS-compatible endpoint")
  @Nullable String endpointUrl;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "AWS profile")
  @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "AWS region")
  @Nullable String region;

  TargetSettings settings() {
    return new TargetSettings(target, endpointUrl, profile, region);
  }
}
