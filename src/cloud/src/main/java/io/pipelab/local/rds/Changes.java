package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceResponse;

/** ModifyDBInstance: what may be changed of an instance, and what that does to its server. */
final class Changes {
  private final Instances instances;
  private final NewInstance newInstance;
  private final Lifecycle lifecycle;
  private final InstanceInterfaces interfaces;
  private final TagLists tags;

  Changes(
      Instances instances,
      NewInstance newInstance,
      Lifecycle lifecycle,
      InstanceInterfaces interfaces,
      TagLists tags) {
    this.interfaces = interfaces;
    this.instances = instances;
    this.newInstance = newInstance;
    this.lifecycle = lifecycle;
    this.tags = tags;
  }

  void addTo(Actions actions) {
    actions.on(
        ModifyDbInstanceRequest.class,
        request -> {
          DBInstance view = modify(request);
          return ModifyDbInstanceResponse.builder()
              .dbInstance(view.toBuilder().tagList(tags.of(view.dbInstanceArn())).build())
              .build();
        });
  }

  DBInstance modify(ModifyDbInstanceRequest request) {
    Instance instance = instances.require(request.dbInstanceIdentifier());
    if (request.masterUserPassword() != null) {
      InstanceRules.password(request.masterUserPassword());
    }
    synchronized (instance) {
      DBInstance before = instance.view();
      State state = instance.state();
      State.Step.MODIFY.from(before.dbInstanceIdentifier(), state);
      requireAtOnce(request, before);
      DBInstance after = changed(request, before);
      interfaces.regroup(instance.change(builder -> copy(after, builder)));
      if (request.masterUserPassword() != null) {
        if (state != State.AVAILABLE) {
          throw RdsErrors.state(
              "Instance " + before.dbInstanceIdentifier() + " is not in available state.");
        }
        lifecycle.changePassword(instance, request.masterUserPassword(), state);
        return instance.enter(State.RESETTING);
      }
      if (state == State.AVAILABLE && !before.dbInstanceClass().equals(after.dbInstanceClass())) {
        DBInstance view = instance.enter(State.MODIFYING);
        instance.server.admit(InstanceClass.named(after.dbInstanceClass()).connections());
        lifecycle.reboot(instance);
        return view;
      }
      DBInstance view = instance.enter(State.MODIFYING);
      lifecycle.settle(instance, state);
      return view;
    }
  }

  /** What RDS would do in the maintenance window is refused: there is none here. */
  private static void requireAtOnce(ModifyDbInstanceRequest request, DBInstance before) {
    boolean later =
        changes(request.dbInstanceClass(), before.dbInstanceClass())
            || changes(request.allocatedStorage(), before.allocatedStorage())
            || changes(request.storageType(), before.storageType());
    if (later && !Boolean.TRUE.equals(request.applyImmediately())) {
      throw AwsError.notImplemented(
          "rds:ModifyDBInstance without ApplyImmediately for DBInstanceClass, AllocatedStorage or"
              + " StorageType");
    }
  }

  private static boolean changes(@Nullable Object wanted, Object now) {
    return wanted != null && !Objects.equals(wanted, now);
  }

  private DBInstance changed(ModifyDbInstanceRequest request, DBInstance before) {
    DBInstance.Builder after = before.toBuilder();
    if (request.dbInstanceClass() != null) {
      after.dbInstanceClass(InstanceClass.named(request.dbInstanceClass()).name());
    }
    String type =
        request.storageType() == null
            ? before.storageType()
            : InstanceRules.storageType(request.storageType());
    after.storageType(type);
    if (request.allocatedStorage() != null) {
      int gib = InstanceRules.storage(request.allocatedStorage(), before.engine(), type);
      if (gib < before.allocatedStorage()) {
        throw RdsErrors.combination(
            "Requested storage size ("
                + gib
                + ") cannot be less than the current storage size ("
                + before.allocatedStorage()
                + ")");
      }
      after.allocatedStorage(gib);
    }
    if (request.hasVpcSecurityGroupIds()) {
      after.vpcSecurityGroups(
          newInstance.securityGroups(request.vpcSecurityGroupIds(), before.dbSubnetGroup()));
    }
    if (request.backupRetentionPeriod() != null) {
      after.backupRetentionPeriod(InstanceRules.retention(request.backupRetentionPeriod()));
    }
    setIfGiven(request.maxAllocatedStorage(), after::maxAllocatedStorage);
    setIfGiven(request.preferredBackupWindow(), after::preferredBackupWindow);
    setIfGiven(request.preferredMaintenanceWindow(), after::preferredMaintenanceWindow);
    setIfGiven(request.publiclyAccessible(), after::publiclyAccessible);
    setIfGiven(request.autoMinorVersionUpgrade(), after::autoMinorVersionUpgrade);
    setIfGiven(request.copyTagsToSnapshot(), after::copyTagsToSnapshot);
    setIfGiven(request.deletionProtection(), after::deletionProtection);
    if (changes(request.engineVersion(), before.engineVersion())) {
      throw AwsError.notImplemented("rds:ModifyDBInstance with another EngineVersion");
    }
    return after.build();
  }

  private static <T> void setIfGiven(@Nullable T given, Consumer<T> member) {
    if (given != null) {
      member.accept(given);
    }
  }

  /** What {@link #changed} may have changed. */
  private static void copy(DBInstance from, DBInstance.Builder to) {
    to.dbInstanceClass(from.dbInstanceClass())
        .storageType(from.storageType())
        .allocatedStorage(from.allocatedStorage())
        .maxAllocatedStorage(from.maxAllocatedStorage())
        .vpcSecurityGroups(from.vpcSecurityGroups())
        .backupRetentionPeriod(from.backupRetentionPeriod())
        .preferredBackupWindow(from.preferredBackupWindow())
        .preferredMaintenanceWindow(from.preferredMaintenanceWindow())
        .publiclyAccessible(from.publiclyAccessible())
        .autoMinorVersionUpgrade(from.autoMinorVersionUpgrade())
        .copyTagsToSnapshot(from.copyTagsToSnapshot())
        .deletionProtection(from.deletionProtection());
  }
}
