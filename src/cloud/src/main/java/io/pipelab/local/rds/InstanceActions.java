package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.rds.server.DatabaseServer;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StartDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StartDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StopDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StopDbInstanceResponse;

/** Instances: created, described, rebooted, stopped, started and deleted. */
final class InstanceActions {
  private final Instances instances;
  private final NewInstance newInstance;
  private final Lifecycle lifecycle;
  private final InstanceInterfaces interfaces;
  private final Snapshots snapshots;
  private final TagLists tags;
  private final BiFunction<DBInstance, InstanceClass, DatabaseServer> servers;

  /**
   * @param servers makes the server of an instance of a class
   */
  InstanceActions(
      Instances instances,
      NewInstance newInstance,
      Lifecycle lifecycle,
      InstanceInterfaces interfaces,
      Snapshots snapshots,
      TagLists tags,
      BiFunction<DBInstance, InstanceClass, DatabaseServer> servers) {
    this.instances = instances;
    this.newInstance = newInstance;
    this.lifecycle = lifecycle;
    this.interfaces = interfaces;
    this.snapshots = snapshots;
    this.tags = tags;
    this.servers = servers;
  }

  void addTo(Actions actions) {
    actions
        .on(
            CreateDbInstanceRequest.class,
            request ->
                CreateDbInstanceResponse.builder().dbInstance(tagged(create(request))).build())
        .on(DescribeDbInstancesRequest.class, this::describe)
        .on(
            DeleteDbInstanceRequest.class,
            request ->
                DeleteDbInstanceResponse.builder().dbInstance(tagged(delete(request))).build())
        .on(
            RebootDbInstanceRequest.class,
            request ->
                RebootDbInstanceResponse.builder().dbInstance(tagged(reboot(request))).build())
        .on(
            StopDbInstanceRequest.class,
            request -> StopDbInstanceResponse.builder().dbInstance(tagged(stop(request))).build())
        .on(
            StartDbInstanceRequest.class,
            request ->
                StartDbInstanceResponse.builder().dbInstance(tagged(start(request))).build());
  }

  DBInstance create(CreateDbInstanceRequest request) {
    DBInstance view = newInstance.of(request);
    String id = view.dbInstanceIdentifier();
    InstanceClass instanceClass = InstanceClass.named(view.dbInstanceClass());
    Instance instance =
        new Instance(view, servers.apply(view, instanceClass), NewInstance.port(request));
    instances.add(id, instance);
    try {
      interfaces.attach(view);
    } catch (AwsError e) {
      instances.remove(id);
      throw e;
    }
    tags.put(view.dbInstanceArn(), TagLists.read(request.tags()));
    lifecycle.create(instance, view.masterUsername(), request.masterUserPassword(), view.dbName());
    return view;
  }

  private DescribeDbInstancesResponse describe(DescribeDbInstancesRequest request) {
    List<DBInstance> all =
        request.dbInstanceIdentifier() == null
            ? instances.all().stream().map(Instance::view).toList()
            : List.of(instances.require(request.dbInstanceIdentifier()).view());
    List<DBInstance> selected =
        all.stream()
            .filter(each -> request.filters().stream().allMatch(filter -> matches(each, filter)))
            .map(this::tagged)
            .toList();
    Page<DBInstance> page = Page.of(selected, request.marker(), request.maxRecords(), 100);
    return DescribeDbInstancesResponse.builder()
        .dbInstances(page.items())
        .marker(page.next())
        .build();
  }

  private static boolean matches(DBInstance instance, Filter filter) {
    return switch (filter.name()) {
      case "db-instance-id" ->
          filter.values().contains(instance.dbInstanceIdentifier())
              || filter.values().contains(instance.dbInstanceArn());
      case "dbi-resource-id" -> filter.values().contains(instance.dbiResourceId());
      case "engine" -> filter.values().contains(instance.engine());
      case "db-cluster-id", "domain" -> false;
      default -> throw RdsErrors.value("Unrecognized filter name: " + filter.name());
    };
  }

  private DBInstance reboot(RebootDbInstanceRequest request) {
    if (Boolean.TRUE.equals(request.forceFailover())) {
      throw RdsErrors.combination("Cannot force failover: the instance is not Multi-AZ.");
    }
    Instance instance = instances.require(request.dbInstanceIdentifier());
    DBInstance view = begin(instance, State.Step.REBOOT);
    lifecycle.reboot(instance);
    return view;
  }

  private DBInstance stop(StopDbInstanceRequest request) {
    Instance instance = instances.require(request.dbInstanceIdentifier());
    DBInstance view = begin(instance, State.Step.STOP);
    lifecycle.stop(instance);
    return view;
  }

  private DBInstance start(StartDbInstanceRequest request) {
    Instance instance = instances.require(request.dbInstanceIdentifier());
    DBInstance view = begin(instance, State.Step.START);
    lifecycle.start(instance);
    return view;
  }

  DBInstance delete(DeleteDbInstanceRequest request) {
    Instance instance = instances.require(request.dbInstanceIdentifier());
    boolean skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
    String snapshot = finalSnapshot(skip, request.finalDBSnapshotIdentifier());
    if (Boolean.TRUE.equals(instance.view().deletionProtection())) {
      throw RdsErrors.combination(
          "Cannot delete protected DB Instance, please disable deletion protection and try"
              + " again.");
    }
    DBInstance view;
    synchronized (instance) {
      if (snapshot != null) {
        snapshots.requireRoom(snapshot, instance.state());
      }
      view = begin(instance, State.Step.DELETE);
    }
    String id = view.dbInstanceIdentifier();
    lifecycle.delete(
        instance,
        () -> {
          if (snapshot != null) {
            snapshots.takeFinal(snapshot, instance);
          }
        },
        () -> {
          instances.remove(id);
          interfaces.detach(view);
          tags.remove(view.dbInstanceArn());
        });
    return view;
  }

  private static @Nullable String finalSnapshot(boolean skip, @Nullable String name) {
    if (skip && name != null) {
      throw RdsErrors.combination(
          "FinalDBSnapshotIdentifier can not be specified when deleting an instance with"
              + " SkipFinalSnapshot.");
    }
    if (!skip && name == null) {
      throw RdsErrors.combination(
          "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }
    return name == null ? null : Identifiers.snapshot("FinalDBSnapshotIdentifier", name);
  }

  static DBInstance begin(Instance instance, State.Step step) {
    synchronized (instance) {
      String id = instance.view().dbInstanceIdentifier();
      return instance.enter(step.from(id, instance.state()));
    }
  }

  private DBInstance tagged(DBInstance view) {
    return view.toBuilder().tagList(tags.of(view.dbInstanceArn())).build();
  }
}
