package io.pipelab.local.rds;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** Turns what CreateDBInstance asks for into an instance, or refuses it. */
final class NewInstance {
  private static final int MYSQL_PORT = 3306;
  private static final int GP3_IOPS = 3000;
  private static final int GP3_THROUGHPUT = 125;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final VpcNetwork network;
  private final SubnetGroups groups;

  NewInstance(CloudIdentity identity, CloudClock clock, VpcNetwork network, SubnetGroups groups) {
    this.identity = identity;
    this.clock = clock;
    this.network = network;
    this.groups = groups;
  }

  /** The port that its clients expect. */
  static int port(CreateDbInstanceRequest request) {
    return InstanceRules.port(request.port(), MYSQL_PORT);
  }

  /**
   * What describing it shows while it is created; the request's password has been checked.
   *
   * @throws AwsError for the first setting that RDS does not take
   */
  DBInstance of(CreateDbInstanceRequest request) {
    String id = Identifiers.instance(request.dbInstanceIdentifier());
    Engine engine = Engine.named(request.engine());
    InstanceClass instanceClass = InstanceClass.named(request.dbInstanceClass());
    String version = engine.version(request.engineVersion());
    String user = InstanceRules.user(request.masterUsername(), engine.reserved());
    InstanceRules.password(request.masterUserPassword());
    String storageType = InstanceRules.storageType(request.storageType());
    boolean gp3 = storageType.equals("gp3");
    DBSubnetGroup group = group(request);
    requireOwnParameterGroup(request, engine.family(version));
    port(request);
    return DBInstance.builder()
        .dbInstanceIdentifier(id)
        .dbInstanceArn(identity.arn("rds", "db:" + id))
        .dbiResourceId(Identifiers.resource())
        .dbInstanceStatus(State.CREATING.text())
        .instanceCreateTime(clock.now())
        .dbInstanceClass(instanceClass.name())
        .engine(engine.name())
        .engineVersion(version)
        .licenseModel("general-public-license")
        .engineLifecycleSupport(
            orElse(request.engineLifecycleSupport(), "open-source-rds-extended-support"))
        .masterUsername(user)
        .dbName(InstanceRules.database(request.dbName(), engine.name()))
        .allocatedStorage(
            InstanceRules.storage(request.allocatedStorage(), engine.name(), storageType))
        .maxAllocatedStorage(request.maxAllocatedStorage())
        .storageType(storageType)
        .iops(gp3 ? GP3_IOPS : null)
        .storageThroughput(gp3 ? GP3_THROUGHPUT : null)
        .storageEncrypted(Boolean.TRUE.equals(request.storageEncrypted()))
        .backupRetentionPeriod(InstanceRules.retention(request.backupRetentionPeriod()))
        .preferredBackupWindow(orElse(request.preferredBackupWindow(), "03:00-03:30"))
        .preferredMaintenanceWindow(
            orElse(request.preferredMaintenanceWindow(), "sun:05:00-sun:05:30"))
        .dbSubnetGroup(group)
        .availabilityZone(zone(request.availabilityZone(), group))
        .vpcSecurityGroups(securityGroups(request.vpcSecurityGroupIds(), group))
        .dbSecurityGroups(List.of())
        .dbParameterGroups(
            DBParameterGroupStatus.builder()
                .dbParameterGroupName("default." + engine.family(version))
                .parameterApplyStatus("in-sync")
                .build())
        .optionGroupMemberships(
            OptionGroupMembership.builder()
                .optionGroupName(
                    "default:" + engine.name() + "-" + Engine.major(version).replace('.', '-'))
                .status("in-sync")
                .build())
        .multiAZ(false)
        .publiclyAccessible(
            request.publiclyAccessible() == null
                ? request.dbSubnetGroupName() == null
                : request.publiclyAccessible())
        .autoMinorVersionUpgrade(!Boolean.FALSE.equals(request.autoMinorVersionUpgrade()))
        .copyTagsToSnapshot(Boolean.TRUE.equals(request.copyTagsToSnapshot()))
        .deletionProtection(Boolean.TRUE.equals(request.deletionProtection()))
        .iamDatabaseAuthenticationEnabled(false)
        .performanceInsightsEnabled(false)
        .databaseInsightsMode("standard")
        .monitoringInterval(0)
        .caCertificateIdentifier("rds-ca-rsa2048-g1")
        .networkType("IPV4")
        .backupTarget("region")
        .activityStreamStatus("stopped")
        .customerOwnedIpEnabled(false)
        .multiTenant(false)
        .dedicatedLogVolume(false)
        .dbInstancePort(0)
        .build();
  }

  private static String orElse(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  /** Who names no group gets the default VPC's. */
  private DBSubnetGroup group(CreateDbInstanceRequest request) {
    return request.dbSubnetGroupName() == null
        ? groups.ofDefaultVpc()
        : groups.require(request.dbSubnetGroupName());
  }

  private static void requireOwnParameterGroup(CreateDbInstanceRequest request, String family) {
    String name = request.dbParameterGroupName();
    if (name != null && !name.equals("default." + family)) {
      throw AwsError.notFound("DBParameterGroupNotFound", "DBParameterGroup not found: " + name);
    }
  }

  private static String zone(@Nullable String asked, DBSubnetGroup group) {
    List<String> zones =
        group.subnets().stream().map(subnet -> subnet.subnetAvailabilityZone().name()).toList();
    if (asked != null && !zones.contains(asked)) {
      throw AwsError.badRequest(
          "InvalidVPCNetworkStateFault",
          "Cannot create a database instance because no subnet of its subnet group is in the"
              + " Availability Zone "
              + asked
              + ".");
    }
    return asked == null ? zones.get(0) : asked;
  }

  /** The groups of that VPC, as an instance shows them: its default group when none is named. */
  List<VpcSecurityGroupMembership> securityGroups(List<String> ids, DBSubnetGroup group) {
    List<VpcSecurityGroupMembership> memberships = new ArrayList<>();
    List<String> named =
        ids.isEmpty() ? network.defaultSecurityGroup(group.vpcId()).stream().toList() : ids;
    for (String id : named) {
      String vpc =
          network
              .vpcOfSecurityGroup(id)
              .orElseThrow(
                  () ->
                      RdsErrors.value("Invalid security group , groupId= " + id + ", groupName=."));
      if (!vpc.equals(group.vpcId())) {
        throw RdsErrors.combination(
            "The DB instance and EC2 security group are in different VPCs. The DB instance is in "
                + group.vpcId()
                + " and the EC2 security group is in "
                + vpc);
      }
      memberships.add(
          VpcSecurityGroupMembership.builder().vpcSecurityGroupId(id).status("active").build());
    }
    return memberships;
  }
}
