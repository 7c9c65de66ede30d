package io.pipelab.workflow.byname;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * All subnets whose tag Name is such: one part, however many they are, in the order of the tags.
 */
final class FindSubnets implements PartKind {
  @Override
  public String word() {
    return "subnets";
  }

  @Override
  public Set<String> facts() {
    return Set.of("ids");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  private static Filter byTag(WantedName name) {
    return Filter.builder().name("tag:Name").values(name.text()).build();
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    List<String> ids =
        search
            .clients()
            .ec2()
            .describeSubnetsPaginator(describe -> describe.filters(byTag(name)))
            .subnets()
            .stream()
            .sorted(Comparator.comparing(FindSubnets::nameOf))
            .map(Subnet::subnetId)
            .toList();
    String list = String.join(",", ids);
    return ids.isEmpty()
        ? List.of()
        : List.of(new Part("AWS::EC2::Subnet", list, list, Map.of("ids", list)));
  }

  private static String nameOf(Subnet subnet) {
    return subnet.tags().stream()
        .filter(tag -> tag.key().equals("Name"))
        .map(tag -> tag.value())
        .findFirst()
        .orElse("");
  }
}
