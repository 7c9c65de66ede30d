package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.VpcNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.Subnet;

/** The subnets that instances may be placed in, by the group's name in lower case. */
final class SubnetGroups {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9 ._-]{1,255}");
  private static final int LEAST_ZONES = 2;
  private static final String DEFAULT = "default";

  private final CloudIdentity identity;
  private final VpcNetwork network;
  private final TagLists tags;
  private final Map<String, DBSubnetGroup> byName = new TreeMap<>();
  private Predicate<String> inUse = name -> false;

  SubnetGroups(CloudIdentity identity, VpcNetwork network, TagLists tags) {
    this.identity = identity;
    this.network = network;
    this.tags = tags;
  }

  /** Says which groups cannot go. */
  void connect(Predicate<String> use) {
    this.inUse = use;
  }

  void addTo(Actions actions) {
    actions
        .on(
            CreateDbSubnetGroupRequest.class,
            request ->
                CreateDbSubnetGroupResponse.builder()
                    .dbSubnetGroup(
                        create(
                            request.dbSubnetGroupName(),
                            request.dbSubnetGroupDescription(),
                            request.subnetIds(),
                            TagLists.read(request.tags())))
                    .build())
        .on(DescribeDbSubnetGroupsRequest.class, this::describe)
        .on(
            ModifyDbSubnetGroupRequest.class,
            request ->
                ModifyDbSubnetGroupResponse.builder()
                    .dbSubnetGroup(
                        modify(
                            request.dbSubnetGroupName(),
                            request.dbSubnetGroupDescription(),
                            request.subnetIds()))
                    .build())
        .on(
            DeleteDbSubnetGroupRequest.class,
            request -> {
              delete(request.dbSubnetGroupName());
              return DeleteDbSubnetGroupResponse.builder().build();
            });
  }

  synchronized DBSubnetGroup create(
      @Nullable String name,
      @Nullable String description,
      List<String> subnetIds,
      Map<String, String> groupTags) {
    if (name == null || !NAME.matcher(name).matches() || name.equalsIgnoreCase(DEFAULT)) {
      throw RdsErrors.value(
          "The parameter DBSubnetGroupName is not a valid identifier. It must contain from 1 to 255"
              + " alphanumeric characters, spaces, hyphens, underscores or periods, and must not be"
              + " 'default'.");
    }
    if (description == null || description.isBlank()) {
      throw RdsErrors.missing("DBSubnetGroupDescription");
    }
    String key = name.toLowerCase(Locale.ROOT);
    if (byName.containsKey(key)) {
      throw AwsError.badRequest(
          "DBSubnetGroupAlreadyExists", "The DB subnet group '" + key + "' already exists.");
    }
    String arn = identity.arn("rds", "subgrp:" + key);
    DBSubnetGroup group =
        placed(
            DBSubnetGroup.builder()
                .dbSubnetGroupName(key)
                .dbSubnetGroupArn(arn)
                .dbSubnetGroupDescription(description)
                .subnetGroupStatus("Complete")
                .supportedNetworkTypes("IPV4"),
            subnetIds);
    byName.put(key, group);
    tags.put(arn, groupTags);
    return group;
  }

  private DBSubnetGroup placed(DBSubnetGroup.Builder group, List<String> subnetIds) {
    if (subnetIds.isEmpty()) {
      throw AwsError.badRequest("InvalidSubnet", "Subnet IDs are required.");
    }
    Set<String> vpcs = new TreeSet<>();
    Set<String> zones = new TreeSet<>();
    List<Subnet> subnets = new ArrayList<>();
    for (String id : subnetIds) {
      VpcNetwork.Placement subnet =
          network
              .subnet(id)
              .orElseThrow(
                  () ->
                      AwsError.badRequest(
                          "InvalidSubnet", "Some input subnets in :[" + id + "] are invalid."));
      vpcs.add(subnet.vpcId());
      zones.add(subnet.availabilityZone());
      subnets.add(
          Subnet.builder()
              .subnetIdentifier(id)
              .subnetAvailabilityZone(
                  AvailabilityZone.builder().name(subnet.availabilityZone()).build())
              .subnetStatus("Active")
              .build());
    }
    if (vpcs.size() > 1) {
      throw AwsError.badRequest(
          "InvalidSubnet", "The specified subnets are in more than one VPC: " + vpcs);
    }
    if (zones.size() < LEAST_ZONES) {
      throw AwsError.badRequest(
          "DBSubnetGroupDoesNotCoverEnoughAZs",
          "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ"
              + " coverage: "
              + String.join(", ", zones)
              + ". Add subnets to cover at least 2 AZs.");
    }
    return group.vpcId(vpcs.iterator().next()).subnets(subnets).build();
  }

  /**
   * The group of that name.
   *
   * @throws AwsError DBSubnetGroupNotFoundFault
   */
  synchronized DBSubnetGroup require(String name) {
    DBSubnetGroup group = byName.get(name.toLowerCase(Locale.ROOT));
    if (group == null) {
      throw RdsErrors.groupNotFound(name);
    }
    return group;
  }

  /**
   * The group {@code default}, which RDS makes of the default VPC's subnets when it is first
   * needed.
   *
   * @throws AwsError InvalidSubnet when there is no default VPC any more
   */
  synchronized DBSubnetGroup ofDefaultVpc() {
    DBSubnetGroup made = byName.get(DEFAULT);
    if (made != null) {
      return made;
    }
    List<String> subnets =
        network.defaultSubnets().stream().map(VpcNetwork.Placement::subnetId).toList();
    if (subnets.isEmpty()) {
      throw AwsError.badRequest("InvalidSubnet", "No default subnet detected in VPC.");
    }
    DBSubnetGroup group =
        placed(
            DBSubnetGroup.builder()
                .dbSubnetGroupName(DEFAULT)
                .dbSubnetGroupArn(identity.arn("rds", "subgrp:" + DEFAULT))
                .dbSubnetGroupDescription(DEFAULT)
                .subnetGroupStatus("Complete")
                .supportedNetworkTypes("IPV4"),
            subnets);
    byName.put(DEFAULT, group);
    return group;
  }

  synchronized DBSubnetGroup modify(
      String name, @Nullable String description, List<String> subnetIds) {
    DBSubnetGroup old = require(name);
    DBSubnetGroup.Builder changed = old.toBuilder();
    if (description != null) {
      changed.dbSubnetGroupDescription(description);
    }
    DBSubnetGroup group = placed(changed, subnetIds);
    byName.put(old.dbSubnetGroupName(), group);
    return group;
  }

  synchronized void delete(String name) {
    DBSubnetGroup group = require(name);
    if (inUse.test(group.dbSubnetGroupName())) {
      throw AwsError.badRequest(
          "InvalidDBSubnetGroupStateFault",
          "Cannot delete the subnet group '"
              + group.dbSubnetGroupName()
              + "' because at least one database instance: is still using it.");
    }
    byName.remove(group.dbSubnetGroupName());
    tags.remove(group.dbSubnetGroupArn());
  }

  private synchronized DescribeDbSubnetGroupsResponse describe(
      DescribeDbSubnetGroupsRequest request) {
    List<DBSubnetGroup> all =
        request.dbSubnetGroupName() == null
            ? List.copyOf(byName.values())
            : List.of(require(request.dbSubnetGroupName()));
    Page<DBSubnetGroup> page = Page.of(all, request.marker(), request.maxRecords(), 100);
    return DescribeDbSubnetGroupsResponse.builder()
        .dbSubnetGroups(page.items())
        .marker(page.next())
        .build();
  }
}
