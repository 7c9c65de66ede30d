package io.pipelab.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the target: flag, then {@code PIPELAB_TARGET}, then {@code AWS_ENDPOINT_URL}, then
 * pipelab's configuration file, then the embedded cloud.
 */
public final class TargetChoice {
  private final TargetSettings flags;
  private final Map<String, String> environment;
  private final TargetSettings file;

  public TargetChoice(TargetSettings flags, Map<String, String> environment, TargetSettings file) {
    this.flags = flags;
    this.environment = environment;
    this.file = file;
  }

  /**
   * The target.
   *
   * @throws Failure of kind USAGE when a value is not a target, or two flags contradict each other
   */
  public Target choose() {
    if (flags.endpointUrl() != null) {
      if ("local".equals(flags.target())) {
        throw Failure.usage(
            "--target local and --endpoint-url name two different targets",
            "leave one of them out");
      }
      return endpoint("--endpoint-url", flags.endpointUrl());
    }
    if (flags.target() != null) {
      return named("--target", flags.target());
    }
    String variable = variable("PIPELAB_TARGET");
    if (variable != null) {
      return named("PIPELAB_TARGET", variable);
    }
    String url = variable("AWS_ENDPOINT_URL");
    if (url != null) {
      return endpoint("AWS_ENDPOINT_URL", url);
    }
    if (file.endpointUrl() != null) {
      return endpoint("endpoint-url in the configuration file", file.endpointUrl());
    }
    return file.target() != null
        ? named("target in the configuration file", file.target())
        : new Target.Local(region());
  }

  private Target named(String source, String value) {
    return switch (value) {
      case "local" -> new Target.Local(region());
      case "aws" -> new Target.Aws(profile(), region());
      default ->
          throw Failure.usage(
              source + " is '" + value + "', which is not a target",
              value.contains("://")
                  ? "for an endpoint use --endpoint-url " + value
                  : "targets are local and aws; for any other endpoint use --endpoint-url URL");
    };
  }

  private Target endpoint(String source, String value) {
    try {
      URI uri = new URI(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return new Target.Endpoint(uri, profile(), region());
      }
    } catch (URISyntaxException e) {
      // said below, with an example
    }
    throw Failure.usage(
        source + " is '" + value + "', which is not a http or https address",
        "an address looks like http://127.0.0.1:4566");
  }

  /** AWS_PROFILE is left to the SDK, whose chain puts access keys in variables before it. */
  private @Nullable String profile() {
    return firstOf(flags.profile(), variable("AWS_PROFILE") == null ? file.profile() : null);
  }

  private @Nullable String region() {
    return firstOf(
        flags.region(), variable("AWS_REGION"), variable("AWS_DEFAULT_REGION"), file.region());
  }

  private @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static @Nullable String firstOf(@Nullable String... values) {
    for (String value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
