package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/** A role of IAM. */
final class FindRole implements PartKind {
  @Override
  public String word() {
    return "role";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    try {
      Role role = search.clients().iam().getRole(get -> get.roleName(name.text())).role();
      return List.of(
          new Part(
              "AWS::IAM::Role",
              role.roleName(),
              role.roleName(),
              Map.of("name", role.roleName(), "arn", role.arn())));
    } catch (NoSuchEntityException e) {
      return List.of();
    }
  }
}
