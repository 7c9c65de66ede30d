package io.pipelab.target;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a command runs. Only endpoint and credentials differ between targets. */
public sealed interface Target {

  /** How the target is called in what pipelab prints. */
  String name();

  /** The region that was asked for, if any. */
  @Nullable String region();

  /** The embedded cloud. */
  record Local(@Nullable String region) implements Target {
    @Override
    public String name() {
      return "local";
    }
  }

  /** Real AWS, with the ordinary profile, region and credential chain. */
  record Aws(@Nullable String profile, @Nullable String region) implements Target {
    @Override
    public String name() {
      return "aws";
    }
  }

  /** Any AWS-compatible endpoint. */
  record Endpoint(URI uri, @Nullable String profile, @Nullable String region) implements Target {
    @Override
    public String name() {
      return uri.toString();
    }
  }
}
