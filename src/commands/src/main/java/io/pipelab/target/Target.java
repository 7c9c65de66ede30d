package io.pipelab.target;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a command runs. Only endpoint and credentials differ between targets. */
public sealed interface Target {

  /** How the target is called in what pipelab prints. */
  String name();

  /**
   * Whether a registry that the target names is the target's own. Emulators without a registry name
   * the one of AWS, which must never be reached from there.
   *
   * @param host the registry's host, perhaps with a port
   */
  default boolean owns(String host) {
    return !(this instanceof Endpoint endpoint) || endpoint.isOfAws() || !isAwsHost(host);
  }

  private static boolean isAwsHost(String host) {
    return host.toLowerCase(Locale.ROOT)
        .matches("(.*\\.)?(amazonaws\\.com(\\.cn)?|api\\.aws|on\\.aws)(:\\d+)?");
  }

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

    /** Whether the endpoint is one of AWS's own: an interface endpoint, a FIPS endpoint. */
    boolean isOfAws() {
      return isAwsHost(String.valueOf(uri.getHost()));
    }
  }
}
