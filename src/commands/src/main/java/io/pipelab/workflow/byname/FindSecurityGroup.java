package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;

/** A security group of a VPC, by its group name. */
final class FindSecurityGroup implements PartKind {
  @Override
  public String word() {
    return "security-group";
  }

  @Override
  public Set<String> facts() {
    return Set.of("id");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  private static Filter byGroupName(WantedName name) {
    return Filter.builder().name("group-name").values(name.text()).build();
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search
        .clients()
        .ec2()
        .describeSecurityGroupsPaginator(describe -> describe.filters(byGroupName(name)))
        .securityGroups()
        .stream()
        .map(
            group ->
                new Part(
                    "AWS::EC2::SecurityGroup",
                    group.groupName(),
                    group.groupId(),
                    Map.of("id", group.groupId())))
        .toList();
  }
}
