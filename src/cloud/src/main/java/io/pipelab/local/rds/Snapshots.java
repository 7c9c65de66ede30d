package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FileTree;
import io.pipelab.local.kernel.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;

/**
 * The last snapshots of deleted instances: each holds the instance's data. No instance can be made
 * of one here; that fails by name.
 */
final class Snapshots {
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Path folder;
  private final TagLists tags;
  private final Map<String, DBSnapshot> byId = new TreeMap<>();
  private final Set<String> reserved = new TreeSet<>();

  Snapshots(CloudIdentity identity, CloudClock clock, Path folder, TagLists tags) {
    this.identity = identity;
    this.clock = clock;
    this.folder = folder;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions
        .on(DescribeDbSnapshotsRequest.class, this::describe)
        .on(DeleteDbSnapshotRequest.class, this::delete);
  }

  /**
   * Keeps an identifier for an instance's last snapshot.
   *
   * @throws AwsError DBSnapshotAlreadyExists, or InvalidDBInstanceState when there is nothing to
   *     take one of
   */
  synchronized void requireRoom(String id, State state) {
    if (byId.containsKey(id) || reserved.contains(id)) {
      throw AwsError.badRequest(
          "DBSnapshotAlreadyExists",
          "Cannot create the snapshot because one of that name exists: " + id);
    }
    if (state != State.AVAILABLE && state != State.STOPPED) {
      throw RdsErrors.state(
          "Cannot create a snapshot because the database instance is not currently in the available"
              + " state.");
    }
    reserved.add(id);
  }

  /** Takes the data of an instance whose server has ended. */
  void takeFinal(String id, Instance instance) {
    try {
      Files.createDirectories(folder);
      instance.server.moveData(folder.resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DBInstance view = instance.view();
    DBSubnetGroup group = view.dbSubnetGroup();
    String arn = identity.arn("rds", "snapshot:" + id);
    DBSnapshot snapshot =
        DBSnapshot.builder()
            .dbSnapshotIdentifier(id)
            .dbSnapshotArn(arn)
            .dbInstanceIdentifier(view.dbInstanceIdentifier())
            .dbiResourceId(view.dbiResourceId())
            .snapshotCreateTime(clock.now())
            .instanceCreateTime(view.instanceCreateTime())
            .snapshotType("manual")
            .status("available")
            .percentProgress(100)
            .engine(view.engine())
            .engineVersion(view.engineVersion())
            .licenseModel(view.licenseModel())
            .allocatedStorage(view.allocatedStorage())
            .storageType(view.storageType())
            .iops(view.iops())
            .encrypted(view.storageEncrypted())
            .availabilityZone(view.availabilityZone())
            .vpcId(group == null ? null : group.vpcId())
            .masterUsername(view.masterUsername())
            .port(instance.port)
            .iamDatabaseAuthenticationEnabled(false)
            .build();
    tags.put(
        arn,
        Boolean.TRUE.equals(view.copyTagsToSnapshot()) ? tags.map(view.dbInstanceArn()) : Map.of());
    synchronized (this) {
      reserved.remove(id);
      byId.put(id, snapshot);
    }
  }

  private synchronized DescribeDbSnapshotsResponse describe(DescribeDbSnapshotsRequest request) {
    String type = request.snapshotType();
    List<DBSnapshot> all =
        request.dbSnapshotIdentifier() == null
            ? List.copyOf(byId.values())
            : List.of(require(request.dbSnapshotIdentifier()));
    List<DBSnapshot> selected =
        all.stream()
            .filter(each -> is(each.dbInstanceIdentifier(), request.dbInstanceIdentifier()))
            .filter(each -> is(each.dbiResourceId(), request.dbiResourceId()))
            .filter(each -> type == null || each.snapshotType().equals(type))
            .map(each -> each.toBuilder().tagList(tags.of(each.dbSnapshotArn())).build())
            .toList();
    Page<DBSnapshot> page = Page.of(selected, request.marker(), request.maxRecords(), 100);
    return DescribeDbSnapshotsResponse.builder()
        .dbSnapshots(page.items())
        .marker(page.next())
        .build();
  }

  private static boolean is(String value, @Nullable String asked) {
    return asked == null || value.equalsIgnoreCase(asked);
  }

  private DBSnapshot require(String name) {
    String id = Identifiers.snapshot("DBSnapshotIdentifier", name);
    DBSnapshot snapshot = byId.get(id);
    if (snapshot == null) {
      throw RdsErrors.snapshotNotFound(id);
    }
    return snapshot;
  }

  private synchronized DeleteDbSnapshotResponse delete(DeleteDbSnapshotRequest request) {
    DBSnapshot snapshot = require(request.dbSnapshotIdentifier());
    try {
      FileTree.delete(folder.resolve(snapshot.dbSnapshotIdentifier()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byId.remove(snapshot.dbSnapshotIdentifier());
    tags.remove(snapshot.dbSnapshotArn());
    return DeleteDbSnapshotResponse.builder()
        .dbSnapshot(snapshot.toBuilder().status("deleted").build())
        .build();
  }
}
