package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.wire.AccessCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The roles that a task definition names are passed by who runs a task of it: {@code iam:PassRole}
 * for {@code ecs-tasks.amazonaws.com} (ECS Developer Guide, "Amazon ECS task IAM role"). Those that
 * a request names are declared beside the action.
 */
final class PassedRoles {
  private final AccessCheck access;

  PassedRoles(AccessCheck access) {
    this.access = access;
  }

  /**
   * Lets a caller pass the roles.
   *
   * @throws io.pipelab.local.kernel.AwsError AccessDeniedException
   */
  void require(TaskDefinition definition, Caller caller) {
    Stream.of(definition.executionRoleArn(), definition.taskRoleArn())
        .filter(role -> role != null && !role.isEmpty())
        .distinct()
        .forEach(
            role ->
                access.require(
                    new Use(
                        caller,
                        "iam:PassRole",
                        role,
                        Map.of("iam:PassedToService", List.of(TaskCredentials.SERVICE))),
                    "ecs",
                    ""));
  }
}
