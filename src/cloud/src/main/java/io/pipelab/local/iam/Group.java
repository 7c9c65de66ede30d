package io.pipelab.local.iam;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A group of users.
 *
 * @param userIds its members by their unique ids, in the order in which they came
 */
record Group(Identity identity, Set<String> userIds) implements Holder<Group> {
  @Override
  public Group with(Identity changed) {
    return new Group(changed, userIds);
  }

  Group withUser(String userId) {
    Set<String> more = new LinkedHashSet<>(userIds);
    more.add(userId);
    return new Group(identity, more);
  }

  Group withoutUser(String userId) {
    Set<String> fewer = new LinkedHashSet<>(userIds);
    fewer.remove(userId);
    return new Group(identity, fewer);
  }
}
