package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;

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

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search
        .clients()
        .ec2()
        .describeSecurityGroupsPaginator(
            describe ->
                describe.filters(filter -> filter.name("group-name").values(name.text())))
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
