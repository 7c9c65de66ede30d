package io.pipelab.local.iam;

import java.time.Instant;

/** A user's access key. */
record UserKey(String id, String secret, String userId, Instant created, boolean active) {
  UserKey withActive(boolean now) {
    return new UserKey(id, secret, userId, created, now);
  }

  @Override
  public String toString() {
    return "UserKey[" + id + "]";
  }
}
