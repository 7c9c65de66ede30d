package io.pipelab.local.iam;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.UserKeys;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The access keys of users. */
final class AccessKeys implements UserKeys {
  private static final int MOST = 2;

  /** What was deleted stays here without its user: its id is nobody's again, never the root's. */
  private static final String NOBODY = "";

  private final Map<String, UserKey> byId = new ConcurrentHashMap<>();
  private final Identities<User> users;
  private final CloudClock clock;
  private final LastUses lastUses;

  AccessKeys(Identities<User> users, CloudClock clock) {
    this.users = users;
    this.clock = clock;
    this.lastUses = new LastUses(clock);
  }

  synchronized UserKey create(User user) {
    if (of(user).size() >= MOST) {
      throw Quotas.exceeded("AccessKeysPerUser", MOST);
    }
    UserKey key =
        new UserKey(
            UniqueIds.accessKeyId(), UniqueIds.secret(), user.identity().id(), clock.now(), true);
    byId.put(key.id(), key);
    return key;
  }

  /** The user's keys, the oldest first. */
  List<UserKey> of(User user) {
    return byId.values().stream()
        .filter(key -> key.userId().equals(user.identity().id()))
        .sorted(Comparator.comparing(UserKey::created).thenComparing(UserKey::id))
        .toList();
  }

  /**
   * A user's key.
   *
   * @throws AwsError NoSuchEntity when it is not his
   */
  UserKey get(User user, String keyId) {
    UserKey key = byId.get(keyId);
    if (key == null || !key.userId().equals(user.identity().id())) {
      throw missing(keyId);
    }
    return key;
  }

  /** The key of that id, and whose it is. */
  User owner(String keyId) {
    UserKey key = byId.get(keyId);
    User user = key == null ? null : users.byId(key.userId());
    if (user == null) {
      throw missing(keyId);
    }
    return user;
  }

  synchronized void setActive(User user, String keyId, boolean active) {
    byId.put(keyId, get(user, keyId).withActive(active));
  }

  synchronized void delete(User user, String keyId) {
    UserKey key = get(user, keyId);
    byId.put(keyId, new UserKey(keyId, "", NOBODY, key.created(), false));
    lastUses.forget(keyId);
  }

  Optional<LastUses.Use> lastUse(String keyId) {
    return lastUses.of(keyId);
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    UserKey key = byId.get(accessKeyId);
    if (key == null) {
      return Optional.empty();
    }
    User user = users.byId(key.userId());
    if (user == null || !key.active()) {
      throw AwsError.accessDenied(
          "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    Caller caller = new Caller.User(user.arn(), user.identity().id(), user.name(), accessKeyId);
    return Optional.of(new AccessKey(caller, new AccessKey.Secret(key.secret(), null)));
  }

  @Override
  public void used(String accessKeyId, String service, String region) {
    if (byId.containsKey(accessKeyId)) {
      lastUses.note(accessKeyId, service, region);
    }
  }

  private static AwsError missing(String keyId) {
    return AwsError.notFound(
        "NoSuchEntity", "The Access Key with id " + keyId + " cannot be found.");
  }
}
