package io.pipelab.local.ecs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleSessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The task role's keys, as the containers of a task fetch them: each task proves with a token of
 * its own who it is.
 */
final class TaskCredentials {
  private static final Duration LIFETIME = Duration.ofHours(6);
  static final String SERVICE = "ecs-tasks.amazonaws.com";
  static final String PATH = "/_ecs/credentials/";

  private final CloudIdentity identity;
  private final RoleSessions sessions;
  private final Clock wall;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Grant> byTask = new ConcurrentHashMap<>();

  /** What a task may fetch. */
  private record Grant(String roleArn, byte[] token) {}

  /** Keys until they expire; never logged. */
  record Issued(String roleArn, RoleSessions.Keys keys, Instant expiration) {}

  /**
   * @param wall the SDKs in the containers read expirations by the wall clock
   */
  TaskCredentials(CloudIdentity identity, RoleSessions sessions, Clock wall) {
    this.identity = identity;
    this.sessions = sessions;
    this.wall = wall;
  }

  /**
   * Checks that ECS may assume a role for a task.
   *
   * @throws AwsError ClientException in ECS's words
   */
  void requireAssumable(String roleArn, String taskId) {
    try {
      sessions.issue(roleArn, taskId, SERVICE, LIFETIME);
    } catch (AwsError e) {
      throw EcsErrors.client(
          "ECS was unable to assume the role '"
              + roleArn
              + "' that was provided for this task. Please verify that the role being passed has"
              + " the proper trust relationship and permissions and that your IAM user has"
              + " permissions to pass this role.");
    }
  }

  /** Lets a task fetch keys; returns the variables that tell its containers how. */
  Map<String, String> grant(String taskId, @Nullable String roleArn) {
    if (roleArn == null || roleArn.isEmpty()) {
      return Map.of();
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    byTask.put(taskId, new Grant(roleArn, token.getBytes(StandardCharsets.UTF_8)));
    return Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        identity.endpoint() + PATH + taskId,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        token);
  }

  /** Fresh keys for the task that shows its token; empty when it is not that task. */
  Optional<Issued> fetch(String taskId, @Nullable String token) {
    Grant grant = byTask.get(taskId);
    if (grant == null
        || token == null
        || !MessageDigest.isEqual(grant.token(), token.getBytes(StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    return Optional.of(
        new Issued(
            grant.roleArn(),
            sessions.issue(grant.roleArn(), taskId, SERVICE, LIFETIME),
            wall.instant().plus(LIFETIME)));
  }

  void revoke(String taskId) {
    byTask.remove(taskId);
  }
}
