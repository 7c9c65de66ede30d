package io.pipelab.local.ecs;

import io.pipelab.local.ecs.container.ContainerFailure;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AccessControl.Refusal;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent does for a task with the execution role before a container starts (ECS Developer
 * Guide, "Amazon ECS task execution IAM role"); the words are those of tasks that stopped for it.
 */
final class ExecutionRole {
  private final AccessControl access;
  private final CloudIdentity identity;

  ExecutionRole(AccessControl access, CloudIdentity identity) {
    this.access = access;
    this.identity = identity;
  }

  /** Who pulls and writes for a task; nobody is asked when it has no such role. */
  static Caller writer(CloudIdentity identity, @Nullable String role, String taskId) {
    return role == null || role.isEmpty()
        ? new Caller.Anonymous()
        : Caller.RoleSession.of(identity, role, taskId);
  }

  /**
   * Lets a task's image be pulled.
   *
   * @throws ContainerFailure ResourceInitializationError, CannotPullContainerError
   */
  void requirePull(String image, Caller agent) throws ContainerFailure {
    int slash = image.indexOf('/');
    if (slash < 0 || agent instanceof Caller.Anonymous) {
      return;
    }
    Optional<Refusal> token = refusal("ecr:GetAuthorizationToken", "*", agent);
    if (token.isPresent()) {
      throw ContainerFailure.cannotInitialize(
          "unable to pull secrets or registry auth: execution resource retrieval failed: unable to"
              + " retrieve ecr registry auth: service call has been retried 1 time(s):"
              + " AccessDeniedException: "
              + token.get().message());
    }
    String host = image.substring(0, slash);
    String rest = image.substring(slash + 1);
    int at = rest.indexOf('@') >= 0 ? rest.indexOf('@') : rest.indexOf(':');
    String repository = at < 0 ? rest : rest.substring(0, at);
    String reference = at < 0 ? "latest" : rest.substring(at + 1);
    String arn = identity.arn("ecr", "repository/" + repository);
    if (refusal("ecr:BatchGetImage", arn, agent).isPresent()) {
      throw ContainerFailure.cannotPull(
          "pull image manifest has been retried 1 time(s): failed to resolve ref "
              + image
              + ": pulling from host "
              + host
              + " failed with status code [manifests "
              + reference
              + "]: 403 Forbidden");
    }
    if (refusal("ecr:GetDownloadUrlForLayer", arn, agent).isPresent()) {
      throw ContainerFailure.cannotPull(
          "ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open:"
              + " unexpected status code https://"
              + host
              + "/v2/"
              + repository
              + "/blobs: 403 Forbidden");
    }
  }

  private Optional<Refusal> refusal(String action, String resource, Caller agent) {
    return access.refusal(new Use(agent, action, resource), "");
  }
}
