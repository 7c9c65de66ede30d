package io.pipelab.local.rds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.TagList;
import io.pipelab.local.wire.Pojos;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/** {@code AWS::RDS::DBInstance}, for engines of the MySQL family. */
final class DbInstanceResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::RDS::DBInstance")
          .createOnly(
              "DBInstanceIdentifier",
              "DBName",
              "DBSubnetGroupName",
              "MasterUsername",
              "StorageEncrypted")
          .properties(
              "AllocatedStorage",
              "AllowMajorVersionUpgrade",
              "AutoMinorVersionUpgrade",
              "AvailabilityZone",
              "BackupRetentionPeriod",
              "CopyTagsToSnapshot",
              "DBInstanceClass",
              "DBParameterGroupName",
              "DeleteAutomatedBackups",
              "DeletionProtection",
              "Engine",
              "EngineLifecycleSupport",
              "EngineVersion",
              "MasterUserPassword",
              "MaxAllocatedStorage",
              "Port",
              "PreferredBackupWindow",
              "PreferredMaintenanceWindow",
              "PubliclyAccessible",
              "StorageType",
              "Tags",
              "VPCSecurityGroups")
          .named("DBInstanceIdentifier")
          .attributes(
              "DBInstanceArn",
              "DbiResourceId",
              "Endpoint.Address",
              "Endpoint.Port",
              "InstanceCreateTime");

  /** Of the resource, and not of the API's request under that name, or at all. */
  private static final Set<String> OTHERWISE =
      Set.of("AllowMajorVersionUpgrade", "DeleteAutomatedBackups", "Tags", "VPCSecurityGroups");

  /** What ModifyDBInstance knows under another name, or cannot change. */
  private static final Set<String> CREATE_ALONE =
      Set.of(
          "AvailabilityZone",
          "DBName",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "Engine",
          "EngineLifecycleSupport",
          "MasterUsername",
          "Port",
          "StorageEncrypted");

  private final Instances instances;
  private final InstanceActions actions;
  private final Changes changes;
  private final TagLists tags;

  DbInstanceResource(Instances instances, InstanceActions actions, Changes changes, TagLists tags) {
    this.instances = instances;
    this.actions = actions;
    this.changes = changes;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode direct = direct(request);
    direct.put("DBInstanceIdentifier", id(request));
    CreateDbInstanceRequest create = Pojos.bind(direct, CreateDbInstanceRequest.builder());
    DBInstance made =
        actions.create(
            create.toBuilder()
                .tags(
                    TagList.write(
                        request.tags(),
                        (key, value) -> Tag.builder().key(key).value(value).build()))
                .build());
    return physical(made);
  }

  private static String id(ResourceRequest request) {
    return request.nameOr("DBInstanceIdentifier", 63).toLowerCase(Locale.ROOT);
  }

  private static ObjectNode direct(ResourceRequest request) {
    ObjectNode direct = request.properties().deepCopy();
    if (direct.has("VPCSecurityGroups")) {
      direct.set("VpcSecurityGroupIds", direct.get("VPCSecurityGroups"));
    }
    direct.remove(OTHERWISE);
    return direct;
  }

  @Override
  public PhysicalResource awaitStable(PhysicalResource current, ResourceRequest request)
      throws InterruptedException {
    Instance instance = instances.require(current.physicalId());
    State state = instance.awaitSettled();
    DBInstance view = instance.view();
    if (state == State.FAILED || state == State.DELETED) {
      throw AwsError.of(
          "NotStabilized",
          500,
          "DB instance " + current.physicalId() + " is in state: " + state.text() + why(view));
    }
    return physical(view);
  }

  private static String why(DBInstance view) {
    List<DBInstanceStatusInfo> infos = view.statusInfos();
    return infos.isEmpty() ? "" : ". " + infos.get(0).message();
  }

  private static PhysicalResource physical(DBInstance view) {
    PhysicalResource resource =
        PhysicalResource.of(view.dbInstanceIdentifier())
            .with("DBInstanceArn", view.dbInstanceArn())
            .with("DbiResourceId", view.dbiResourceId())
            .with("InstanceCreateTime", view.instanceCreateTime().toString());
    Endpoint endpoint = view.endpoint();
    return endpoint == null
        ? resource
        : resource
            .with("Endpoint.Address", endpoint.address())
            .with("Endpoint.Port", endpoint.port().toString());
  }

  /** CloudFormation asks for all changes at once. */
  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    ObjectNode direct = direct(after);
    ObjectNode old = direct(before);
    for (String name : CREATE_ALONE) {
      if (!String.valueOf(direct.get(name)).equals(String.valueOf(old.get(name)))) {
        throw AwsError.notImplemented("an update of " + name + " of AWS::RDS::DBInstance");
      }
    }
    direct.remove(CREATE_ALONE);
    direct.remove("DBInstanceIdentifier");
    if (String.valueOf(direct.get("MasterUserPassword"))
        .equals(String.valueOf(old.get("MasterUserPassword")))) {
      direct.remove("MasterUserPassword");
    }
    ModifyDbInstanceRequest modify = Pojos.bind(direct, ModifyDbInstanceRequest.builder());
    DBInstance changed =
        changes.modify(
            modify.toBuilder()
                .dbInstanceIdentifier(current.physicalId())
                .applyImmediately(true)
                .build());
    tags.put(changed.dbInstanceArn(), after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    delete(current, DeleteDbInstanceRequest.builder().skipFinalSnapshot(true));
  }

  @Override
  public boolean takesSnapshots() {
    return true;
  }

  /** CloudFormation names a snapshot {@code STACK-snapshot-LOGICAL-SUFFIX}. */
  @Override
  public void deleteLeavingSnapshot(PhysicalResource current, ResourceRequest last) {
    String name = last.stackName() + "-snapshot-" + last.logicalId() + "-" + last.nameSuffix();
    delete(
        current,
        DeleteDbInstanceRequest.builder().finalDBSnapshotIdentifier(name.toLowerCase(Locale.ROOT)));
  }

  private void delete(PhysicalResource current, DeleteDbInstanceRequest.Builder how) {
    if (!instances.has(current.physicalId())) {
      return;
    }
    Instance instance = instances.require(current.physicalId());
    Absent.isFine(() -> actions.delete(how.dbInstanceIdentifier(current.physicalId()).build()));
    try {
      instance.awaitSettled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AwsError.of("NotStabilized", 500, "The deletion was interrupted.");
    }
  }
}
