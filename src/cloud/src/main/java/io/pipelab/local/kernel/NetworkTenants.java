package io.pipelab.local.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which networks the cloud's children are. A child leads a session of its own, and what it
 * starts belongs to it; a process of another session is the user's.
 */
public final class NetworkTenants {
  /** Where a child's packets come from. */
  public sealed interface Site {
    /**
     * A network interface in a VPC.
     *
     * @param address in the subnet, for example {@code 10.0.1.4}
     * @param open whether it has a public address, too
     */
    record Vpc(String subnetId, List<String> securityGroups, String address, boolean open)
        implements Site {}

    /** Somewhere in the internet, outside of every VPC. */
    record Outside() implements Site {}
  }

  private final Map<Long, Site> bySession = new ConcurrentHashMap<>();

  /** Notes where a child is, until it ends. */
  public void register(Process child, Site site) {
    long session = child.pid();
    bySession.put(session, site);
    child.onExit().thenRun(() -> bySession.remove(session, site));
  }

  /** Where the children of a session are; nothing when it is none of the cloud's. */
  public Optional<Site> of(long session) {
    return Optional.ofNullable(bySession.get(session));
  }

  /** The sessions of all children that were registered and live. */
  public Set<Long> sessions() {
    return Set.copyOf(bySession.keySet());
  }

  /** The sessions of those that are in a VPC. */
  public Set<Long> sessionsInVpcs() {
    Set<Long> inside = new HashSet<>();
    bySession.forEach(
        (session, site) -> {
          if (site instanceof Site.Vpc) {
            inside.add(session);
          }
        });
    return inside;
  }
}
