package io.pipelab.local.secretsmanager;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** What secrets hold: versions, their labels, and random passwords. */
final class ValueActions {
  private final Secrets secrets;

  ValueActions(Secrets secrets) {
    this.secrets = secrets;
  }

  void addTo(Actions actions) {
    actions
        .on(GetSecretValueRequest.class, this::get)
        .on(PutSecretValueRequest.class, this::put)
        .on(ListSecretVersionIdsRequest.class, this::list)
        .on(UpdateSecretVersionStageRequest.class, this::move)
        .on(GetRandomPasswordRequest.class, ValueActions::random);
  }

  private GetSecretValueResponse get(GetSecretValueRequest request) {
    Secret secret = secrets.require(request.secretId());
    Version version = secret.read(request.versionStage(), request.versionId(), secrets.now());
    return GetSecretValueResponse.builder()
        .arn(secret.arn)
        .name(secret.name)
        .versionId(version.id())
        .secretString(version.value().text())
        .secretBinary(version.value().bytes())
        .versionStages(version.stages().stream().sorted().toList())
        .createdDate(version.created())
        .build();
  }

  private PutSecretValueResponse put(PutSecretValueRequest request) {
    Secret secret = secrets.require(request.secretId()).requireLive();
    Value value = Value.of(request.secretString(), request.secretBinary());
    if (value == null) {
      throw Errors.request("You must provide either SecretString or SecretBinary.");
    }
    Set<String> stages =
        request.versionStages().isEmpty()
            ? Set.of(Version.CURRENT)
            : Set.copyOf(request.versionStages());
    Version put =
        secret.put(Secrets.versionId(request.clientRequestToken()), value, stages, secrets.now());
    return PutSecretValueResponse.builder()
        .arn(secret.arn)
        .name(secret.name)
        .versionId(put.id())
        .versionStages(put.stages().stream().sorted().toList())
        .build();
  }

  private ListSecretVersionIdsResponse list(ListSecretVersionIdsRequest request) {
    Secret secret = secrets.require(request.secretId());
    boolean deprecated = Boolean.TRUE.equals(request.includeDeprecated());
    List<SecretVersionsListEntry> all =
        secret.versions().stream()
            .filter(each -> deprecated || !each.stages().isEmpty())
            .map(
                each ->
                    SecretVersionsListEntry.builder()
                        .versionId(each.id())
                        .versionStages(each.stages().stream().sorted().toList())
                        .createdDate(each.created())
                        .lastAccessedDate(each.accessed())
                        .build())
            .toList();
    Page<SecretVersionsListEntry> page =
        Page.of(all, request.nextToken(), request.maxResults(), 100);
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn)
        .name(secret.name)
        .versions(page.items())
        .nextToken(page.next())
        .build();
  }

  private UpdateSecretVersionStageResponse move(UpdateSecretVersionStageRequest request) {
    Secret secret = secrets.require(request.secretId()).requireLive();
    String stage = request.versionStage();
    synchronized (secret) {
      String from = secret.byStage(stage).map(Version::id).orElse(null);
      if (from != null && !from.equals(request.removeFromVersionId())) {
        throw Errors.parameter(
            "The parameter RemoveFromVersionId can't be empty. Staging label "
                + stage
                + " is currently attached to version "
                + from
                + ", so you must explicitly reference that version in RemoveFromVersionId.");
      }
      if (request.moveToVersionId() != null) {
        secret.move(stage, request.moveToVersionId());
      } else if (stage.equals(Version.CURRENT)) {
        throw Errors.parameter(
            "You can only move staging label AWSCURRENT to a different secret version. It can’t be"
                + " completely removed.");
      } else if (from != null) {
        secret.remove(stage, from);
      }
    }
    return UpdateSecretVersionStageResponse.builder().arn(secret.arn).name(secret.name).build();
  }

  private static GetRandomPasswordResponse random(GetRandomPasswordRequest request) {
    PasswordRules rules =
        PasswordRules.of(
            request.passwordLength(),
            request.excludeCharacters(),
            request.excludeLowercase(),
            request.excludeUppercase(),
            request.excludeNumbers(),
            request.excludePunctuation(),
            request.includeSpace(),
            request.requireEachIncludedType());
    return GetRandomPasswordResponse.builder().randomPassword(rules.generate()).build();
  }
}
