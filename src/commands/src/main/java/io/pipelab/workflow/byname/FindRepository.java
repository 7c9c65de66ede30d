package io.pipelab.workflow.byname;

import io.pipelab.lab.ShellCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** A repository of Amazon ECR. */
final class FindRepository implements PartKind {
  @Override
  public String word() {
    return "repository";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "uri");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    try {
      return search
          .clients()
          .ecr()
          .describeRepositories(describe -> describe.repositoryNames(name.text()))
          .repositories()
          .stream()
          .map(
              one ->
                  new Part(
                      "AWS::ECR::Repository",
                      one.repositoryName(),
                      one.repositoryName(),
                      Map.of("name", one.repositoryName(), "uri", one.repositoryUri())))
          .toList();
    } catch (RepositoryNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public Optional<ShellCommand> making(WantedName name) {
    return Optional.of(
        ShellCommand.of("aws", "ecr", "create-repository", "--repository-name", name.text()));
  }
}
