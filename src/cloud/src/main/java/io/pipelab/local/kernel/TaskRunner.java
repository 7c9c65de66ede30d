package io.pipelab.local.kernel;

import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/** Port to ECS: how rules run tasks. */
@FunctionalInterface
public interface TaskRunner {
  /**
   * Runs tasks, as RunTask does, and returns before they run.
   *
   * @param caller who must be allowed {@code ecs:RunTask}, and {@code iam:PassRole} for the roles
   *     of the tasks
   * @throws AwsError AccessDeniedException, and what else RunTask answers; NotImplemented for
   *     members that it does not honour
   */
  void run(RunTaskRequest request, Caller caller);
}
