package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The account's instance profiles. */
final class InstanceProfiles {
  private final Map<String, InstanceProfile> byName =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Roles roles;
  private final CloudIdentity cloud;
  private final CloudClock clock;

  InstanceProfiles(Roles roles, CloudIdentity cloud, CloudClock clock) {
    this.roles = roles;
    this.cloud = cloud;
    this.clock = clock;
  }

  InstanceProfile create(String path, String name, Map<String, String> tags) {
    InstanceProfile profile =
        new InstanceProfile(
            path,
            name,
            UniqueIds.next("AIPA"),
            cloud.globalArn("iam", "instance-profile" + path + name),
            clock.now(),
            tags,
            null);
    if (byName.putIfAbsent(name, profile) != null) {
      throw AwsError.of(
          "EntityAlreadyExists", 409, "Instance Profile " + name + " already exists.");
    }
    return profile;
  }

  InstanceProfile get(String name) {
    InstanceProfile profile = byName.get(name);
    if (profile == null) {
      throw AwsError.notFound("NoSuchEntity", "Instance Profile " + name + " cannot be found.");
    }
    return profile;
  }

  @Nullable InstanceProfile find(String name) {
    return byName.get(name);
  }

  List<InstanceProfile> list(String pathPrefix) {
    return byName.values().stream().filter(each -> each.path().startsWith(pathPrefix)).toList();
  }

  /** Those that have a role, which must be there. */
  List<InstanceProfile> ofRole(String roleName) {
    String name = roles.get(roleName).name();
    return byName.values().stream().filter(each -> name.equals(each.roleName())).toList();
  }

  /** The profile's role; null without one. */
  @Nullable Role role(InstanceProfile profile) {
    return profile.roleName() == null ? null : roles.all().find(profile.roleName());
  }

  InstanceProfile change(String name, UnaryOperator<InstanceProfile> change) {
    get(name);
    return Objects.requireNonNull(
        byName.computeIfPresent(name, (key, profile) -> change.apply(profile)));
  }

  void addRole(String name, String roleName) {
    Role role = roles.get(roleName);
    change(
        name,
        profile -> {
          if (profile.roleName() != null) {
            throw Quotas.exceeded("InstanceSessionsPerInstanceProfile", 1);
          }
          return profile.withRole(role.name());
        });
  }

  void removeRole(String name, String roleName) {
    String role = roles.get(roleName).name();
    change(
        name,
        profile -> {
          if (!role.equals(profile.roleName())) {
            throw AwsError.notFound(
                "NoSuchEntity", "The role with name " + roleName + " cannot be found.");
          }
          return profile.withRole(null);
        });
  }

  void delete(String name) {
    if (get(name).roleName() != null) {
      throw Identities.conflict("must remove roles from instance profile first.");
    }
    byName.remove(name);
  }

  /** Deletes a role that is in no profile. */
  void deleteRole(String roleName) {
    if (!ofRole(roleName).isEmpty()) {
      throw Identities.conflict("must remove roles from instance profile first.");
    }
    roles.delete(roleName);
  }
}
