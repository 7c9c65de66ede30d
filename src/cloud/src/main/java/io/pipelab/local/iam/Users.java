package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account's users and groups, and who is in which. */
final class Users {
  /** In how many groups a user may be. */
  private static final int MOST_GROUPS = 10;

  private final Identities<User> all;
  private final Identities<Group> groups;
  private final AccessKeys keys;

  Users(CloudIdentity cloud, CloudClock clock) {
    this.all = new Identities<>(IdentityKind.USER, cloud, clock);
    this.groups = new Identities<>(IdentityKind.GROUP, cloud, clock);
    this.keys = new AccessKeys(all, clock);
  }

  Identities<User> all() {
    return all;
  }

  Identities<Group> groups() {
    return groups;
  }

  AccessKeys keys() {
    return keys;
  }

  User create(String path, String name, Map<String, String> tags, @Nullable String boundary) {
    return all.add(new User(all.fresh(path, name, tags, boundary)));
  }

  Group createGroup(String path, String name) {
    return groups.add(new Group(groups.fresh(path, name, Map.of(), null), Set.of()));
  }

  /**
   * The user that an action is about when the request does not name one.
   *
   * @throws AwsError when the caller is not a user
   */
  User named(@Nullable String name, Caller caller) {
    if (name != null) {
      return all.get(name);
    }
    if (caller instanceof Caller.User user) {
      User found = all.byId(user.userId());
      if (found != null) {
        return found;
      }
    }
    throw AwsError.badRequest(
        "ValidationError", "Must specify userName when calling with non-User credentials");
  }

  synchronized void delete(String name) {
    all.delete(
        name,
        user -> {
          if (!keys.of(user).isEmpty()) {
            throw Identities.conflict("must delete access keys first.");
          }
          if (!groupsOf(user).isEmpty()) {
            throw Identities.conflict("must remove users from group first.");
          }
        });
  }

  synchronized void deleteGroup(String name) {
    groups.delete(
        name,
        group -> {
          if (!members(group).isEmpty()) {
            throw Identities.conflict("must remove users from group first.");
          }
        });
  }

  /** Adds a user; one who is in the group stays there. */
  synchronized void join(String groupName, String userName) {
    User user = all.get(userName);
    Group group = groups.get(groupName);
    List<Group> mine = groupsOf(user);
    if (mine.size() >= MOST_GROUPS && !group.userIds().contains(user.identity().id())) {
      throw Quotas.exceeded("GroupsPerUser", MOST_GROUPS);
    }
    groups.change(groupName, old -> old.withUser(user.identity().id()));
  }

  synchronized void leave(String groupName, String userName) {
    User user = all.get(userName);
    groups.change(groupName, old -> old.withoutUser(user.identity().id()));
  }

  List<Group> groupsOf(User user) {
    String id = user.identity().id();
    return groups.list("/").stream().filter(group -> group.userIds().contains(id)).toList();
  }

  List<User> members(Group group) {
    return group.userIds().stream()
        .flatMap(id -> Optional.ofNullable(all.byId(id)).stream())
        .toList();
  }
}
