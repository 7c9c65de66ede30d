package io.pipelab.local.secretsmanager;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/** Secrets themselves: created, described, changed, deleted, brought back. */
final class SecretActions {
  private static final int USUAL_WINDOW = 30;
  private static final int LEAST_WINDOW = 7;
  private static final int MOST_WINDOW = 30;

  private final Secrets secrets;

  SecretActions(Secrets secrets) {
    this.secrets = secrets;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateSecretRequest.class, this::create)
        .on(DescribeSecretRequest.class, this::describe)
        .on(GetResourcePolicyRequest.class, this::resourcePolicy)
        .on(ListSecretsRequest.class, this::list)
        .on(UpdateSecretRequest.class, this::update)
        .on(DeleteSecretRequest.class, this::delete)
        .on(RestoreSecretRequest.class, this::restore)
        .on(TagResourceRequest.class, this::tag)
        .on(UntagResourceRequest.class, this::untag);
  }

  private CreateSecretResponse create(CreateSecretRequest request) {
    Value value = Value.of(request.secretString(), request.secretBinary());
    String version = Secrets.versionId(request.clientRequestToken());
    Secret secret =
        secrets.create(
            request.name(),
            TagList.read(request.tags(), Tag::key, Tag::value, "InvalidParameterException"));
    secret.describe(request.description(), request.kmsKeyId(), secrets.now());
    CreateSecretResponse.Builder answer =
        CreateSecretResponse.builder().arn(secret.arn).name(secret.name);
    if (value != null) {
      secret.put(version, value, Set.of(Version.CURRENT), secrets.now());
      answer.versionId(version);
    }
    return answer.build();
  }

  private DescribeSecretResponse describe(DescribeSecretRequest request) {
    Secret secret = secrets.require(request.secretId());
    Secret.Settings settings = secret.settings();
    return DescribeSecretResponse.builder()
        .arn(secret.arn)
        .name(secret.name)
        .description(settings.description())
        .kmsKeyId(settings.kmsKeyId())
        .createdDate(secret.created)
        .lastChangedDate(settings.changed())
        .lastAccessedDate(settings.accessed())
        .deletedDate(settings.deletedAt())
        .tags(tags(settings))
        .versionIdsToStages(stages(secret))
        .build();
  }

  /** No secret has a policy here: what would put one is refused by name. */
  private GetResourcePolicyResponse resourcePolicy(GetResourcePolicyRequest request) {
    Secret secret = secrets.require(request.secretId());
    return GetResourcePolicyResponse.builder().arn(secret.arn).name(secret.name).build();
  }

  private static List<Tag> tags(Secret.Settings settings) {
    return TagList.write(
        settings.tags(), (key, value) -> Tag.builder().key(key).value(value).build());
  }

  /** Deprecated versions have no stage, and are not shown. */
  private static Map<String, List<String>> stages(Secret secret) {
    Map<String, List<String>> stages = new TreeMap<>();
    secret.versions().stream()
        .filter(each -> !each.stages().isEmpty())
        .forEach(each -> stages.put(each.id(), each.stages().stream().sorted().toList()));
    return stages;
  }

  private ListSecretsResponse list(ListSecretsRequest request) {
    boolean deleted = Boolean.TRUE.equals(request.includePlannedDeletion());
    List<SecretListEntry> all =
        secrets.all().stream()
            .filter(each -> deleted || each.settings().deletedAt() == null)
            .filter(each -> request.filters().stream().allMatch(filter -> matches(each, filter)))
            // The newest comes first unless the caller turns it round.
            .sorted(
                (one, other) ->
                    request.sortOrder() == SortOrderType.ASC
                        ? one.created.compareTo(other.created)
                        : other.created.compareTo(one.created))
            .map(SecretActions::entry)
            .toList();
    Page<SecretListEntry> page = Page.of(all, request.nextToken(), request.maxResults(), 100);
    return ListSecretsResponse.builder().secretList(page.items()).nextToken(page.next()).build();
  }

  private static SecretListEntry entry(Secret secret) {
    Secret.Settings settings = secret.settings();
    return SecretListEntry.builder()
        .arn(secret.arn)
        .name(secret.name)
        .description(settings.description())
        .kmsKeyId(settings.kmsKeyId())
        .createdDate(secret.created)
        .lastChangedDate(settings.changed())
        .lastAccessedDate(settings.accessed())
        .deletedDate(settings.deletedAt())
        .tags(tags(settings))
        .secretVersionsToStages(stages(secret))
        .build();
  }

  /** Filters compare beginnings; a value with {@code !} in front excludes (ListSecrets). */
  private static boolean matches(Secret secret, Filter filter) {
    Secret.Settings settings = secret.settings();
    List<String> texts =
        switch (String.valueOf(filter.keyAsString())) {
          case "name" -> List.of(secret.name);
          case "description" -> words(settings.description());
          case "tag-key" -> List.copyOf(settings.tags().keySet());
          case "tag-value" -> List.copyOf(settings.tags().values());
          case "primary-region", "owning-service" -> List.of();
          case "all" -> all(secret, settings);
          default -> throw Errors.parameter("Unknown filter key: " + filter.keyAsString());
        };
    return filter.values().stream()
        .anyMatch(
            value ->
                value.startsWith("!")
                    ? texts.stream().noneMatch(text -> text.startsWith(value.substring(1)))
                    : texts.stream().anyMatch(text -> text.startsWith(value)));
  }

  private static List<String> all(Secret secret, Secret.Settings settings) {
    List<String> all = new ArrayList<>(List.of(secret.name));
    all.addAll(words(settings.description()));
    all.addAll(settings.tags().keySet());
    all.addAll(settings.tags().values());
    return all.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toList());
  }

  private static List<String> words(@Nullable String description) {
    return description == null ? List.of() : List.of(description.split(" "));
  }

  private UpdateSecretResponse update(UpdateSecretRequest request) {
    Secret secret = secrets.require(request.secretId()).requireLive();
    Value value = Value.of(request.secretString(), request.secretBinary());
    String version = Secrets.versionId(request.clientRequestToken());
    secret.describe(request.description(), request.kmsKeyId(), secrets.now());
    UpdateSecretResponse.Builder answer =
        UpdateSecretResponse.builder().arn(secret.arn).name(secret.name);
    if (value != null) {
      secret.put(version, value, Set.of(Version.CURRENT), secrets.now());
      answer.versionId(version);
    }
    return answer.build();
  }

  private DeleteSecretResponse delete(DeleteSecretRequest request) {
    boolean force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
    Long days = request.recoveryWindowInDays();
    if (force && days != null) {
      throw Errors.parameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < LEAST_WINDOW || days > MOST_WINDOW)) {
      throw Errors.parameter(
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    Secret secret = secrets.require(request.secretId());
    if (!force) {
      secret.requireLive();
    }
    Duration window = force ? null : Duration.ofDays(days == null ? USUAL_WINDOW : days);
    Instant at = secrets.delete(secret, window);
    return DeleteSecretResponse.builder()
        .arn(secret.arn)
        .name(secret.name)
        .deletionDate(at)
        .build();
  }

  private RestoreSecretResponse restore(RestoreSecretRequest request) {
    Secret secret = secrets.require(request.secretId());
    secret.markDeleted(null);
    return RestoreSecretResponse.builder().arn(secret.arn).name(secret.name).build();
  }

  private TagResourceResponse tag(TagResourceRequest request) {
    Secret secret = secrets.require(request.secretId()).requireLive();
    secret.tag(
        TagList.merged(
            secret.settings().tags(),
            TagList.read(request.tags(), Tag::key, Tag::value, "InvalidParameterException")));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request) {
    Secret secret = secrets.require(request.secretId()).requireLive();
    secret.tag(TagList.without(secret.settings().tags(), request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }
}
