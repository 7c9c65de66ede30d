package io.pipelab.local.door;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a request is sent to, when it is one of the loopback interface. Any other name
 * may have been pointed at this machine by its owner (DNS rebinding), who then reads the answers.
 *
 * @param host in lower case, without the dot of a fully qualified name
 * @param port 80 when none was given
 */
record Address(String host, int port) {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int HTTP_PORT = 80;
  private static final int LAST_PORT = 65535;

  /**
   * Reads a Host header or the authority of a URL; empty when it is not of the loopback interface.
   * Any port will do: with a tunnel the client's is not ours.
   */
  static Optional<Address> loopback(String authority) {
    Matcher parts = HOST_AND_PORT.matcher(authority);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = parts.group(1).toLowerCase(Locale.ROOT);
    if (host.endsWith(".") && !host.endsWith("..")) {
      host = host.substring(0, host.length() - 1);
    }
    int port = parts.group(2) == null ? HTTP_PORT : Integer.parseInt(parts.group(2));
    // Browsers and resolvers keep every name below localhost on this machine (RFC 6761).
    boolean here = LOOPBACK.contains(host) || host.endsWith(".localhost");
    return here && port > 0 && port <= LAST_PORT
        ? Optional.of(new Address(host, port))
        : Optional.empty();
  }

  /** Whether this is where pages of that origin come from. */
  boolean isOrigin(String origin) {
    String scheme = "http://";
    return origin.startsWith(scheme)
        && loopback(origin.substring(scheme.length())).filter(this::equals).isPresent();
  }
}
