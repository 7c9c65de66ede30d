package io.pipelab.local.rds;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code AWS::RDS::DBSubnetGroup}. */
final class DbSubnetGroupResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::RDS::DBSubnetGroup")
          .createOnly("DBSubnetGroupName")
          .properties("DBSubnetGroupDescription", "SubnetIds", "Tags")
          .required("DBSubnetGroupDescription", "SubnetIds");

  private final SubnetGroups groups;
  private final TagLists tags;

  DbSubnetGroupResource(SubnetGroups groups, TagLists tags) {
    this.groups = groups;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    return PhysicalResource.of(
        groups
            .create(
                request.nameOr("DBSubnetGroupName", 255).toLowerCase(Locale.ROOT),
                request.text("DBSubnetGroupDescription"),
                subnets(request),
                request.tags())
            .dbSubnetGroupName());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    tags.put(
        groups
            .modify(current.physicalId(), after.text("DBSubnetGroupDescription"), subnets(after))
            .dbSubnetGroupArn(),
        after.tags());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> groups.delete(current.physicalId()));
  }

  private static List<String> subnets(ResourceRequest request) {
    List<String> ids = new ArrayList<>();
    request.properties().path("SubnetIds").forEach(each -> ids.add(each.asText()));
    return ids;
  }
}
