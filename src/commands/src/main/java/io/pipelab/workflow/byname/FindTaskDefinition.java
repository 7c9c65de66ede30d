package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The last revision of a family of task definitions of Amazon ECS. */
final class FindTaskDefinition implements PartKind {
  @Override
  public String word() {
    return "task-definition";
  }

  @Override
  public Set<String> facts() {
    return Set.of("arn", "family", "image");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    TaskDefinition found;
    try {
      found =
          search
              .clients()
              .ecs()
              .describeTaskDefinition(describe -> describe.taskDefinition(name.text()))
              .taskDefinition();
    } catch (ClientException e) {
      // "Unable to describe task definition": the API has no better error for what is not there.
      return List.of();
    }
    String image =
        found.containerDefinitions().isEmpty() ? "" : found.containerDefinitions().get(0).image();
    return List.of(
        new Part(
            "AWS::ECS::TaskDefinition",
            found.family(),
            found.taskDefinitionArn(),
            Map.of("arn", found.taskDefinitionArn(), "family", found.family(), "image", image)));
  }
}
