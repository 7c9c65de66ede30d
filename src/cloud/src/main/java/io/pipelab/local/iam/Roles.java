package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The account's roles. */
final class Roles implements RoleDirectory {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

  /** What a trust policy may have ("ACLSizePerRole"). */
  private static final int TRUST_CHARACTERS = 2048;

  private final Identities<Role> all;
  private final LastUses lastUses;

  Roles(CloudIdentity identity, CloudClock clock) {
    this.all = new Identities<>(IdentityKind.ROLE, identity, clock);
    this.lastUses = new LastUses(clock);
  }

  Identities<Role> all() {
    return all;
  }

  Role create(
      String path,
      String name,
      String trust,
      String description,
      int maxSessionSeconds,
      Map<String, String> tags,
      @Nullable String boundary) {
    if (!NAME.matcher(name).matches()) {
      throw AwsError.badRequest(
          "ValidationError",
          "The specified value for roleName is invalid. It must contain only alphanumeric"
              + " characters and/or the following: +=,.@_-");
    }
    return all.add(
        new Role(
            all.fresh(path, name, tags, boundary), trust(trust), description, maxSessionSeconds));
  }

  /** Reads a trust policy, which has a quota of its own. */
  static Document trust(String text) {
    Document document = Document.trustPolicy(text);
    if (document.size() > TRUST_CHARACTERS) {
      throw Quotas.exceeded("ACLSizePerRole", TRUST_CHARACTERS);
    }
    return document;
  }

  Role get(String name) {
    return all.get(name);
  }

  List<Role> list(String pathPrefix) {
    return all.list(pathPrefix);
  }

  Role change(String name, UnaryOperator<Role> change) {
    return all.change(name, change);
  }

  /** Changes what all identities have. */
  Role alter(String name, UnaryOperator<Identity> change) {
    return all.alter(name, change);
  }

  void delete(String name) {
    all.delete(name, role -> {});
  }

  /** When and where a role's keys were used last. */
  Optional<LastUses.Use> lastUse(Role role) {
    return lastUses.of(role.identity().id());
  }

  @Override
  public Optional<TrustedRole> role(String roleArn) {
    return Optional.ofNullable(all.byArn(roleArn)).map(Roles::trusted);
  }

  @Override
  public void used(String roleArn, String service, String region) {
    Role role = all.byArn(roleArn);
    if (role != null) {
      lastUses.note(role.identity().id(), service, region);
    }
  }

  private static TrustedRole trusted(Role role) {
    return new TrustedRole(
        role.arn(),
        role.identity().id(),
        role.name(),
        role.trust().json(),
        role.maxSessionSeconds());
  }
}
