package io.pipelab.local.sts;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory.TrustedRole;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Tag;

/** AssumeRole (AWS STS API Reference), with session policies, tags and a source identity. */
final class AssumeRole {
  private static final int DEFAULT_SECONDS = 3600;

  /** What a role may get that takes another role. */
  private static final int MOST_CHAINED = 3600;

  private final CloudIdentity identity;
  private final Sessions sessions;
  private final Narrowing narrowing;

  AssumeRole(CloudIdentity identity, Sessions sessions, Narrowing narrowing) {
    this.identity = identity;
    this.sessions = sessions;
    this.narrowing = narrowing;
  }

  void addTo(Actions actions) {
    actions.on(AssumeRoleRequest.class, this::assumeRole);
  }

  private AssumeRoleResponse assumeRole(AssumeRoleRequest request, Caller caller) {
    TrustedRole role = sessions.role(request.roleArn());
    requireTrust(role, request, caller);
    Grant mine = sessions.grant(caller);
    SessionTags tags = SessionTags.of(request.tags(), request.transitiveTagKeys(), mine);
    Grant grant =
        new Grant(
            narrowing.of(request.policy(), request.policyArns()),
            tags.tags(),
            tags.transitive(),
            sourceIdentity(request, mine),
            sessions.now());
    Duration lifetime = Duration.ofSeconds(seconds(request, role, caller));
    Session session = sessions.open(role, request.roleSessionName(), lifetime, grant);
    return AssumeRoleResponse.builder()
        .credentials(UserSessions.credentials(session))
        .sourceIdentity(grant.sourceIdentity())
        .assumedRoleUser(
            AssumedRoleUser.builder()
                .arn(session.caller().arn())
                .assumedRoleId(role.roleId() + ":" + request.roleSessionName())
                .build())
        .build();
  }

  /** Users and roles were asked before, for the trust policy among others. */
  private void requireTrust(TrustedRole role, AssumeRoleRequest request, Caller caller) {
    if (caller instanceof Caller.Operator && !Trust.allows(role, caller, keys(request), identity)) {
      throw AwsError.accessDenied(
          "AccessDenied",
          "User: "
              + caller.arn()
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + role.arn());
    }
  }

  private static Map<String, List<String>> keys(AssumeRoleRequest request) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("sts:RoleSessionName", List.of(request.roleSessionName()));
    if (request.externalId() != null) {
      keys.put("sts:ExternalId", List.of(request.externalId()));
    }
    if (request.sourceIdentity() != null) {
      keys.put("sts:SourceIdentity", List.of(request.sourceIdentity()));
    }
    if (request.hasTags() && !request.tags().isEmpty()) {
      request.tags().forEach(tag -> keys.put("aws:RequestTag/" + tag.key(), List.of(tag.value())));
      keys.put("aws:TagKeys", request.tags().stream().map(Tag::key).toList());
    }
    return keys;
  }

  private static int seconds(AssumeRoleRequest request, TrustedRole role, Caller caller) {
    int asked = Objects.requireNonNullElse(request.durationSeconds(), DEFAULT_SECONDS);
    if (caller instanceof Caller.RoleSession && asked > MOST_CHAINED) {
      throw AwsError.badRequest(
          "ValidationError",
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining");
    }
    if (asked > role.maxSessionSeconds()) {
      throw AwsError.badRequest(
          "ValidationError",
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return asked;
  }

  private static @Nullable String sourceIdentity(AssumeRoleRequest request, Grant mine) {
    String asked = request.sourceIdentity();
    if (mine.sourceIdentity() == null) {
      return asked;
    }
    if (asked != null && !asked.equals(mine.sourceIdentity())) {
      throw AwsError.accessDenied(
          "AccessDenied", "The source identity is already set for this assume role session");
    }
    return mine.sourceIdentity();
  }
}
