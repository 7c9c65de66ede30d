package io.pipelab.local.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EC2 as services see it: subnets and groups as a test names them, and interfaces counted. */
public final class FakeNetwork implements VpcNetwork, NetworkInterfaces {
  private final Map<String, Placement> subnets = new LinkedHashMap<>();
  private final Map<String, String> groups = new LinkedHashMap<>();

  /** What there is now, by id. */
  public final Map<String, Wanted> interfaces = new LinkedHashMap<>();

  private int made;

  /** Adds a subnet. */
  public FakeNetwork subnet(String id, String vpc, String zone, String block) {
    subnets.put(id, new Placement(id, vpc, zone, block));
    return this;
  }

  /** Adds a security group. */
  public FakeNetwork group(String id, String vpc) {
    groups.put(id, vpc);
    return this;
  }

  @Override
  public Optional<Placement> subnet(String subnetId) {
    return Optional.ofNullable(subnets.get(subnetId));
  }

  @Override
  public Optional<String> vpcOfSecurityGroup(String groupId) {
    return Optional.ofNullable(groups.get(groupId));
  }

  @Override
  public Optional<String> defaultSecurityGroup(String vpcId) {
    return Optional.of("sg-default-" + vpcId);
  }

  @Override
  public List<Placement> defaultSubnets() {
    return List.of();
  }

  @Override
  public synchronized Made create(Wanted wanted) {
    String id = "eni-" + ++made;
    interfaces.put(id, wanted);
    Optional<String> open = wanted.open() ? Optional.of("198.18.0." + made) : Optional.empty();
    return new Made(id, "10.0.0." + (3 + made), "0a:00:00:00:00:01", open);
  }

  @Override
  public synchronized void regroup(String id, List<String> securityGroups) {
    interfaces.computeIfPresent(
        id,
        (key, old) ->
            new Wanted(
                old.subnetId(),
                securityGroups,
                old.type(),
                old.description(),
                old.requester(),
                old.open()));
  }

  @Override
  public synchronized void delete(String id) {
    interfaces.remove(id);
  }
}
