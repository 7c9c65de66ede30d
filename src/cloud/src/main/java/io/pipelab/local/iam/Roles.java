package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The account's roles. */
final class Roles implements RoleDirectory {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  private final Map<String, Role> byName = new ConcurrentSkipListMap<>();
  private final CloudIdentity identity;
  private final CloudClock clock;

  Roles(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  Role create(
      String path,
      String name,
      String trust,
      String description,
      int maxSessionSeconds,
      Map<String, String> tags) {
    if (!NAME.matcher(name).matches()) {
      throw AwsError.badRequest(
          "ValidationError",
          "The specified value for roleName is invalid. It must contain only alphanumeric"
              + " characters and/or the following: +=,.@_-");
    }
    JsonNode document = PolicyDocuments.trustPolicy(trust);
    Role role =
        new Role(
            path,
            name,
            UniqueIds.next("AROA"),
            identity.globalArn("iam", "role" + path + name),
            clock.now(),
            document,
            description,
            maxSessionSeconds,
            Map.copyOf(tags),
            Map.of(),
            List.of());
    if (byName.putIfAbsent(name, role) != null) {
      throw AwsError.of("EntityAlreadyExists", 409, "Role with name " + name + " already exists.");
    }
    return role;
  }

  Role get(String name) {
    Role role = byName.get(name);
    if (role == null) {
      throw noSuchRole(name);
    }
    return role;
  }

  List<Role> list(String pathPrefix) {
    return byName.values().stream().filter(role -> role.path().startsWith(pathPrefix)).toList();
  }

  Role change(String name, UnaryOperator<Role> change) {
    Role changed = byName.computeIfPresent(name, (key, role) -> change.apply(role));
    if (changed == null) {
      throw noSuchRole(name);
    }
    return changed;
  }

  void delete(String name) {
    byName.computeIfPresent(
        name,
        (key, role) -> {
          if (!role.inline().isEmpty()) {
            throw AwsError.of(
                "DeleteConflict", 409, "Cannot delete entity, must delete policies first.");
          }
          if (!role.attached().isEmpty()) {
            throw AwsError.of(
                "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.");
          }
          return null;
        });
  }

  /** The role of that ARN; its name, which is unique without its path, is the ARN's end. */
  Optional<Role> byArn(String arn) {
    Role role = byName.get(arn.substring(arn.lastIndexOf('/') + 1));
    return role != null && role.arn().equals(arn) ? Optional.of(role) : Optional.empty();
  }

  @Override
  public Optional<TrustedRole> role(String roleArn) {
    return byArn(roleArn)
        .map(role -> new TrustedRole(role.arn(), role.id(), role.name(), role.trust()));
  }

  private static AwsError noSuchRole(String name) {
    return AwsError.notFound("NoSuchEntity", "The role with name " + name + " cannot be found.");
  }
}
