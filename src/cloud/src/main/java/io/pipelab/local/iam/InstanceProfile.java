package io.pipelab.local.iam;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance profile, the container in which EC2 finds a role; changes make a new value.
 *
 * @param roleName the one role that it may have; null without
 */
record InstanceProfile(
    String path,
    String name,
    String id,
    String arn,
    Instant created,
    Map<String, String> tags,
    @Nullable String roleName) {
  InstanceProfile {
    tags = Map.copyOf(tags);
  }

  InstanceProfile withRole(@Nullable String role) {
    return new InstanceProfile(path, name, id, arn, created, tags, role);
  }

  InstanceProfile withTags(Map<String, String> all) {
    return new InstanceProfile(path, name, id, arn, created, all, roleName);
  }
}
