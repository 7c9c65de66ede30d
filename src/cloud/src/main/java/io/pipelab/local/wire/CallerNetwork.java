package io.pipelab.local.wire;

import io.pipelab.local.door.Peer;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.ServiceRoutes;
import io.pipelab.local.kernel.ServiceRoutes.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * By which way a call comes to a service: what the network of the process lets through that holds
 * the other end of the connection. A connection's process is looked up once, and only while
 * children of the cloud are in VPCs.
 */
public final class CallerNetwork {
  private static final String SESSION = CallerNetwork.class.getName() + ".session";
  private static final Way OPEN = new Way.Open();

  /** Lets every call through. */
  static final CallerNetwork EVERYWHERE =
      new CallerNetwork(new NetworkTenants(), (from, service) -> OPEN);

  private final NetworkTenants tenants;
  private final ServiceRoutes routes;

  public CallerNetwork(NetworkTenants tenants, ServiceRoutes routes) {
    this.tenants = tenants;
    this.routes = routes;
  }

  /**
   * The way of a call.
   *
   * @param service as the names of VPC endpoints end
   */
  Way way(ConnectionMetaData connection, String service) {
    OptionalLong session = session(connection);
    if (session.isEmpty()) {
      return OPEN;
    }
    // A child that ended while its call was on the way reaches nothing.
    return tenants
        .of(session.getAsLong())
        .map(site -> routes.way(site, service))
        .orElseGet(Way.Blocked::new);
  }

  private OptionalLong session(ConnectionMetaData connection) {
    if (connection.getAttribute(SESSION) instanceof OptionalLong known) {
      return known;
    }
    Set<Long> inside = tenants.sessionsInVpcs();
    if (inside.isEmpty()
        || !(connection.getLocalSocketAddress() instanceof InetSocketAddress here)
        || !(connection.getRemoteSocketAddress() instanceof InetSocketAddress there)) {
      return OptionalLong.empty();
    }
    try {
      OptionalLong session = new Peer(here, there).session(inside);
      connection.setAttribute(SESSION, session);
      return session;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
