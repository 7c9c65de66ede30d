package io.pipelab.local.secretsmanager;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secret and its versions (guide, "What's in a Secrets Manager secret?"). */
final class Secret {
  /** Versions without a label are kept up to so many. */
  private static final int MOST_VERSIONS = 100;

  final String name;
  final String arn;
  final Instant created;
  private final Map<String, Version> versions = new LinkedHashMap<>();
  private @Nullable String description;
  private @Nullable String kmsKeyId;
  private Map<String, String> tags;
  private @Nullable Instant deletedAt;
  private @Nullable Instant changed;
  private @Nullable Instant accessed;

  Secret(String name, String arn, Instant created, Map<String, String> tags) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.tags = tags;
  }

  /** A secret's settings as they stand. */
  record Settings(
      @Nullable String description,
      @Nullable String kmsKeyId,
      Map<String, String> tags,
      @Nullable Instant deletedAt,
      @Nullable Instant changed,
      @Nullable Instant accessed) {}

  synchronized Settings settings() {
    return new Settings(description, kmsKeyId, tags, deletedAt, changed, accessed);
  }

  /** Changes what is given. */
  synchronized void describe(
      @Nullable String newDescription, @Nullable String newKey, Instant now) {
    description = newDescription == null ? description : newDescription;
    kmsKeyId = newKey == null ? kmsKeyId : newKey;
    changed = now;
  }

  synchronized void tag(Map<String, String> newTags) {
    tags = Map.copyOf(newTags);
  }

  /** Marks it for deletion at that time, or takes the mark away. */
  synchronized void markDeleted(@Nullable Instant at) {
    deletedAt = at;
  }

  /**
   * Refuses what cannot be done to a secret that is marked for deletion.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidRequestException
   */
  synchronized Secret requireLive() {
    if (deletedAt != null) {
      throw Errors.request(
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return this;
  }

  synchronized List<Version> versions() {
    return List.copyOf(versions.values());
  }

  /**
   * Adds a version; the same one again changes nothing.
   *
   * @param stages labels that move to it
   * @throws io.pipelab.local.kernel.AwsError ResourceExistsException when the id has another value
   */
  synchronized Version put(String id, Value value, Set<String> stages, Instant now) {
    Version known = versions.get(id);
    if (known != null) {
      if (!known.value().same(value)) {
        throw Errors.exists(
            "You can't use ClientRequestToken "
                + id
                + " because that value is already in use for a version of secret "
                + arn
                + ".");
      }
      return known;
    }
    versions.put(id, new Version(id, value, Set.of(), now, null));
    // A secret's first version is the current one, whatever labels it gets.
    stages.forEach(stage -> move(stage, id));
    if (byStage(Version.CURRENT).isEmpty()) {
      move(Version.CURRENT, id);
    }
    changed = now;
    forgetDeprecated();
    return require(id);
  }

  /** Moves a label to a version; the version that was current becomes the previous one. */
  synchronized void move(String stage, String id) {
    Version from = byStage(stage).orElse(null);
    if (from != null && !from.id().equals(id)) {
      versions.put(from.id(), from.without(stage));
      if (stage.equals(Version.CURRENT)) {
        move(Version.PREVIOUS, from.id());
      }
    }
    Version to = require(id).with(stage);
    versions.put(id, stage.equals(Version.CURRENT) ? to.without(Version.PREVIOUS) : to);
  }

  synchronized void remove(String stage, String id) {
    versions.put(id, require(id).without(stage));
  }

  private Version require(String id) {
    Version version = versions.get(id);
    if (version == null) {
      throw Errors.noValue("VersionId: " + id);
    }
    return version;
  }

  synchronized Optional<Version> byStage(String stage) {
    return versions.values().stream().filter(each -> each.stages().contains(stage)).findFirst();
  }

  /**
   * The version that a reader means.
   *
   * @throws io.pipelab.local.kernel.AwsError ResourceNotFoundException, InvalidRequestException
   */
  synchronized Version read(@Nullable String stage, @Nullable String id, Instant now) {
    requireLive();
    Version version;
    if (id == null) {
      String label = stage == null ? Version.CURRENT : stage;
      version = byStage(label).orElseThrow(() -> Errors.noValue("staging label: " + label));
    } else {
      version = require(id);
      if (stage != null && !version.stages().contains(stage)) {
        throw Errors.request(
            "You provided a VersionStage that is not associated to the provided VersionId.");
      }
    }
    Instant day = now.truncatedTo(ChronoUnit.DAYS);
    accessed = day;
    Version read = version.readAt(day);
    versions.put(read.id(), read);
    return read;
  }

  private void forgetDeprecated() {
    List<String> deprecated = new ArrayList<>();
    versions.values().stream()
        .filter(each -> each.stages().isEmpty())
        .forEach(each -> deprecated.add(each.id()));
    int over = versions.size() - MOST_VERSIONS;
    for (int i = 0; i < over && i < deprecated.size(); i++) {
      versions.remove(deprecated.get(i));
    }
  }
}
