package io.pipelab.local.ecr;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Tag;

/** The registry's repositories, by name. */
final class Repositories {
  private static final String NAME_REGEX =
      "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";
  private static final Pattern NAME = Pattern.compile(NAME_REGEX);

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Map<String, Repository> byName = new TreeMap<>();

  Repositories(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Creates a repository.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterException,
   *     RepositoryAlreadyExistsException
   */
  synchronized Repository create(CreateRepositoryRequest request) {
    String name = Objects.requireNonNullElse(request.repositoryName(), "");
    if (name.length() < 2 || name.length() > 256 || !NAME.matcher(name).matches()) {
      throw EcrErrors.invalid("repositoryName", NAME_REGEX);
    }
    if (byName.containsKey(name)) {
      throw EcrErrors.repositoryExists(name, identity.account());
    }
    EncryptionConfiguration encryption =
        request.encryptionConfiguration() == null
            ? EncryptionConfiguration.builder().encryptionType(EncryptionType.AES256).build()
            : request.encryptionConfiguration();
    Repository repository =
        new Repository(
            name,
            identity.arn("ecr", "repository/" + name),
            identity.endpoint().getRawAuthority() + "/" + name,
            clock.now(),
            mutability(request.imageTagMutabilityAsString()),
            request.imageScanningConfiguration() != null
                && Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush()),
            encryption,
            null,
            null,
            tags(request.tags()));
    byName.put(name, repository);
    return repository;
  }

  /** MUTABLE when it is not said; the exclusion filters are not part of it. */
  static ImageTagMutability mutability(@Nullable String text) {
    if (text == null || text.equals("MUTABLE")) {
      return ImageTagMutability.MUTABLE;
    }
    if (text.equals("IMMUTABLE")) {
      return ImageTagMutability.IMMUTABLE;
    }
    throw EcrErrors.invalid("imageTagMutability", "^(MUTABLE|IMMUTABLE)$");
  }

  static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> byKey = new TreeMap<>();
    tags.forEach(tag -> byKey.put(tag.key(), Objects.requireNonNullElse(tag.value(), "")));
    return Map.copyOf(byKey);
  }

  /** The policy of a repository; null when it has none, or is not there. */
  synchronized @Nullable String policy(String name) {
    Repository repository = byName.get(name);
    return repository == null ? null : repository.policy();
  }

  /**
   * Finds a repository.
   *
   * @throws io.pipelab.local.kernel.AwsError RepositoryNotFoundException
   */
  synchronized Repository get(String name) {
    Repository repository = byName.get(name);
    if (repository == null) {
      throw EcrErrors.repositoryNotFound(name, identity.account());
    }
    return repository;
  }

  synchronized boolean exists(String name) {
    return byName.containsKey(name);
  }

  /** All repositories by name. */
  synchronized List<Repository> list() {
    return List.copyOf(byName.values());
  }

  /** Changes a repository and returns what it became. */
  synchronized Repository change(String name, UnaryOperator<Repository> change) {
    Repository changed = change.apply(get(name));
    byName.put(name, changed);
    return changed;
  }

  /** Takes a repository out; its images are the caller's to delete. */
  synchronized Repository remove(String name) {
    Repository repository = get(name);
    byName.remove(name);
    return repository;
  }
}
