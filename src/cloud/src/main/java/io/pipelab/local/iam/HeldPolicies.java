package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;

/** What IAM does alike with the policies of users, groups and roles. */
final class HeldPolicies<T extends Holder<T>> {
  private final Identities<T> holders;
  private final ManagedPolicies policies;

  HeldPolicies(Identities<T> holders, ManagedPolicies policies) {
    this.holders = holders;
    this.policies = policies;
  }

  void put(String holder, String policy, String text) {
    Document document = Document.identityPolicy(text);
    holders.alter(
        holder,
        old -> {
          Identity changed = old.withPolicy(policy, document);
          int most = holders.kind().inlineCharacters();
          if (changed.inline().values().stream().mapToInt(Document::size).sum() > most) {
            throw Quotas.limit(
                "Maximum policy size of %d bytes exceeded for %s %s"
                    .formatted(most, holders.kind().word(), old.name()));
          }
          return changed;
        });
  }

  /**
   * An inline policy.
   *
   * @throws AwsError NoSuchEntity
   */
  Document get(String holder, String policy) {
    Document document = holders.get(holder).identity().inline().get(policy);
    if (document == null) {
      throw AwsError.notFound(
          "NoSuchEntity",
          "The " + holders.kind().word() + " policy with name " + policy + " cannot be found.");
    }
    return document;
  }

  Page<String> names(String holder, @Nullable String marker, @Nullable Integer most) {
    List<String> names =
        holders.get(holder).identity().inline().keySet().stream().sorted().toList();
    return Listing.page(names, marker, most);
  }

  void delete(String holder, String policy) {
    get(holder, policy);
    holders.alter(holder, old -> old.withoutPolicy(policy));
  }

  void attach(String holder, String arn) {
    policies.attachable(arn);
    holders.alter(
        holder,
        old -> {
          if (!old.attached().contains(arn)
              && old.attached().size() >= IdentityKind.MOST_ATTACHED) {
            throw Quotas.exceeded(
                "PoliciesPer" + holders.kind().title(), IdentityKind.MOST_ATTACHED);
          }
          return old.withAttached(arn);
        });
  }

  void detach(String holder, String arn) {
    if (!holders.get(holder).identity().attached().contains(arn)) {
      throw AwsError.notFound("NoSuchEntity", "Policy " + arn + " was not found.");
    }
    holders.alter(holder, old -> old.withoutAttached(arn));
  }

  Page<AttachedPolicy> attached(
      String holder, @Nullable String pathPrefix, @Nullable String marker, @Nullable Integer most) {
    String prefix = Objects.requireNonNullElse(pathPrefix, "/");
    List<AttachedPolicy> attached =
        holders.get(holder).identity().attached().stream()
            .map(policies::get)
            .filter(policy -> policy.path().startsWith(prefix))
            .map(policy -> model(policy.arn()))
            .toList();
    return Listing.page(attached, marker, most);
  }

  void bind(String holder, String arn) {
    policies.boundary(arn);
    holders.alter(holder, old -> old.withBoundary(arn));
  }

  void unbind(String holder) {
    if (holders.get(holder).identity().boundary() == null) {
      throw AwsError.notFound(
          "NoSuchEntity",
          "%s %s does not have a permissions boundary.".formatted(holders.kind().title(), holder));
    }
    holders.alter(holder, old -> old.withBoundary(null));
  }

  static AttachedPolicy model(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return AttachedPolicy.builder().policyArn(arn).policyName(name).build();
  }

  /** A boundary as it is shown with its user or role; null for none. */
  static @Nullable AttachedPermissionsBoundary boundary(Identity identity) {
    String arn = identity.boundary();
    return arn == null
        ? null
        : AttachedPermissionsBoundary.builder()
            .permissionsBoundaryArn(arn)
            .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
            .build();
  }
}
