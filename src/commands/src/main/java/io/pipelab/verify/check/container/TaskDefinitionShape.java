package io.pipelab.verify.check.container;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** An ECS task definition says what it should, as far as the settings name it. */
public record TaskDefinitionShape(Settings settings) implements Check {
  public static final CheckType TYPE =
      CheckType.named("task-definition-shape")
          .needs("taskDefinition", "container")
          .takes("family", "cpu", "memory", "networkMode", "compatibility", "image", "taskRole")
          .takes("executionRole", "logGroup", "environment")
          .madeBy(TaskDefinitionShape::new);

  @Override
  public Observation look(CheckScope scope) {
    String name = settings.text("taskDefinition");
    Claim claim = Observation.expect(new Shape(settings, Map.of()).words());
    TaskDefinition definition;
    try {
      definition =
          scope
              .clients()
              .ecs()
              .describeTaskDefinition(describe -> describe.taskDefinition(name))
              .taskDefinition();
    } catch (ClientException e) {
      return claim.lacks("there is no task definition " + name);
    }
    if (!"ACTIVE".equals(definition.statusAsString())) {
      return claim.never(name + " is " + definition.statusAsString());
    }
    Optional<ContainerDefinition> container =
        definition.containerDefinitions().stream()
            .filter(one -> one.name().equals(settings.text("container")))
            .findFirst();
    if (container.isEmpty()) {
      return claim.never("it has no container " + settings.text("container"));
    }
    Shape shape = new Shape(settings, seen(definition, container.get()));
    return claim.unless(shape.differences(), shape.words());
  }

  private static Map<String, String> seen(TaskDefinition task, ContainerDefinition container) {
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put("family", task.family());
    seen.put("cpu", task.cpu());
    seen.put("memory", task.memory());
    seen.put("networkMode", task.networkModeAsString());
    seen.put("compatibility", String.join(",", task.requiresCompatibilitiesAsStrings()));
    seen.put("image", container.image());
    seen.put("taskRole", task.taskRoleArn());
    seen.put("executionRole", task.executionRoleArn());
    if (container.logConfiguration() != null) {
      seen.put("logGroup", container.logConfiguration().options().get("awslogs-group"));
    }
    for (KeyValuePair variable : container.environment()) {
      seen.put("environment." + variable.name(), variable.value());
    }
    return seen;
  }
}
