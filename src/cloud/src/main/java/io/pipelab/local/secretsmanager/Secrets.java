package io.pipelab.local.secretsmanager;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The region's secrets, by name. */
final class Secrets {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]{1,512}");
  private static final int SUFFIX = 6;
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Secret> byName = new TreeMap<>();

  Secrets(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  Instant now() {
    return clock.now();
  }

  /**
   * Creates a secret without a version.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationException, ResourceExistsException,
   *     InvalidRequestException
   */
  synchronized Secret create(@Nullable String name, Map<String, String> tags) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw Errors.validation(
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    Secret known = byName.get(name);
    if (known != null && known.settings().deletedAt() != null) {
      throw Errors.request(
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    if (known != null) {
      throw Errors.exists("The operation failed because the secret " + name + " already exists.");
    }
    String arn = identity.arn("secretsmanager", "secret:" + name + "-" + suffix());
    Secret secret = new Secret(name, arn, clock.now(), Map.copyOf(tags));
    byName.put(name, secret);
    return secret;
  }

  /** Six characters behind the name: an ARN means one secret for ever. */
  private String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return suffix.toString();
  }

  /**
   * Finds a secret, also one that is marked for deletion.
   *
   * @param id a name, an ARN, or an ARN without its last six characters
   * @throws io.pipelab.local.kernel.AwsError ResourceNotFoundException
   */
  synchronized Secret require(@Nullable String id) {
    Secret named = id == null ? null : byName.get(id);
    if (named != null) {
      return named;
    }
    return byName.values().stream()
        .filter(each -> id != null && (each.arn.equals(id) || isPartial(each, id)))
        .findFirst()
        .orElseThrow(Errors::notFound);
  }

  private static boolean isPartial(Secret secret, String id) {
    return secret.arn.substring(0, secret.arn.length() - SUFFIX - 1).equals(id);
  }

  synchronized List<Secret> all() {
    return List.copyOf(byName.values());
  }

  /** Deletes a secret after a recovery window; at once when there is none. */
  synchronized Instant delete(Secret secret, @Nullable Duration window) {
    if (window == null) {
      byName.remove(secret.name, secret);
      secret.markDeleted(clock.now());
      return clock.now();
    }
    Instant at = clock.now().plus(window);
    secret.markDeleted(at);
    clock.after(window, () -> purge(secret, at));
    return at;
  }

  private synchronized void purge(Secret secret, Instant at) {
    if (at.equals(secret.settings().deletedAt())) {
      byName.remove(secret.name, secret);
    }
  }

  /** A version's id: the caller's token, or a new one. */
  static String versionId(@Nullable String token) {
    if (token == null) {
      return UUID.randomUUID().toString();
    }
    if (token.length() < 32 || token.length() > 64) {
      throw Errors.parameter("ClientRequestToken must be 32-64 characters long.");
    }
    return token;
  }
}
