package io.pipelab.target;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a target: what the SDK clients are built from.
 *
 * @param endpoint null for the SDK's own choice, which is real AWS
 * @param region null for the region of the SDK's own chain
 * @param profile null for the chain's own
 * @param embedded whether the embedded cloud answers there, with credentials of its own
 * @param cloud the embedded cloud's process, where it is known
 * @param ignoreEndpointVariable whether AWS was chosen although {@code AWS_ENDPOINT_URL} is set
 */
public record Connection(
    @Nullable URI endpoint,
    @Nullable String region,
    @Nullable String profile,
    boolean embedded,
    @Nullable CloudState cloud,
    boolean ignoreEndpointVariable) {

  /** To the embedded cloud. */
  public static Connection embedded(URI endpoint, String region) {
    return new Connection(endpoint, region, null, true, null, false);
  }

  /** To the embedded cloud of a process: a call fails at once when that is gone. */
  static Connection embedded(CloudState cloud) {
    return new Connection(cloud.endpoint(), cloud.region(), null, true, cloud, false);
  }

  /** Whether the endpoint is on this machine. */
  public boolean loopback() {
    return endpoint != null && isLoopback(endpoint.getHost());
  }

  private static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    boolean literal = name.startsWith("[") || name.matches("[0-9.]+");
    try {
      return literal && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
