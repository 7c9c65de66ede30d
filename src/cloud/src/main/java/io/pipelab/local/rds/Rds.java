package io.pipelab.local.rds;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.DatabaseInstances;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.PacketFilter;
import io.pipelab.local.kernel.VpcNetwork;
import io.pipelab.local.rds.server.DatabaseServer;
import io.pipelab.local.rds.server.ServerCache;
import java.nio.file.Path;
import java.util.List;

/** RDS of the embedded cloud: instances of MySQL and MariaDB, each a MariaDB server of its own. */
public final class Rds implements AwsService {
  private final Instances instances = new Instances();
  private final TagLists tags = new TagLists();
  private final SubnetGroups groups;
  private final Snapshots snapshots;
  private final EngineActions engines;
  private final InstanceActions instanceActions;
  private final Changes changes;

  /**
   * @param interfaces where instances get theirs
   * @param filter what reaches an instance
   * @param tenants which of the cloud's children are where
   * @param processes in which servers run
   * @param cache where the server's program is, once a database was asked for
   * @param folder for the instances' data
   */
  public Rds(
      CloudIdentity identity,
      CloudClock clock,
      VpcNetwork network,
      NetworkInterfaces interfaces,
      PacketFilter filter,
      NetworkTenants tenants,
      ChildProcesses processes,
      ServerCache cache,
      Path folder) {
    groups = new SubnetGroups(identity, network, tags);
    groups.connect(instances::use);
    snapshots = new Snapshots(identity, clock, folder.resolve("snapshots"), tags);
    engines = new EngineActions(identity);
    NewInstance newInstance = new NewInstance(identity, clock, network, groups);
    Lifecycle lifecycle = new Lifecycle(clock, new InstanceNetwork(tenants, filter));
    InstanceInterfaces own = new InstanceInterfaces(interfaces);
    instanceActions =
        new InstanceActions(
            instances,
            newInstance,
            lifecycle,
            own,
            snapshots,
            tags,
            (view, size) ->
                new DatabaseServer(
                    cache, processes, folder.resolve(view.dbiResourceId()), size.connections()));
    changes = new Changes(instances, newInstance, lifecycle, own, tags);
  }

  @Override
  public String signingName() {
    return "rds";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    instanceActions.addTo(actions);
    changes.addTo(actions);
    groups.addTo(actions);
    snapshots.addTo(actions);
    engines.addTo(actions);
    tags.addTo(actions);
    return actions;
  }

  /** Where databases are. */
  public DatabaseInstances databaseInstances() {
    return instances;
  }

  /** AWS::RDS types. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new DbSubnetGroupResource(groups, tags),
        new DbInstanceResource(instances, instanceActions, changes, tags));
  }

  @Override
  public void close() {
    instances.all().forEach(Lifecycle::close);
  }
}
