package io.pipelab.local.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All policies that bear on one request within one account. Service control policies are not
 * modelled: an account of its own has none.
 *
 * @param identity the caller's own, his groups' among them
 * @param resource the resource's, or a role's trust policy; null when it has none
 * @param resourceMustAllow the resource's policy has to allow, whatever the caller's own say: a
 *     role's trust, a KMS key
 * @param boundary the caller's permissions boundary
 * @param session what the session was narrowed to when it was opened; null when it was not
 */
public record PolicySet(
    List<AttachedPolicy> identity,
    @Nullable AttachedPolicy resource,
    boolean resourceMustAllow,
    @Nullable AttachedPolicy boundary,
    @Nullable AttachedPolicy session) {
  public PolicySet {
    identity = List.copyOf(identity);
  }

  /** An identity's policies alone. */
  public static PolicySet identity(List<AttachedPolicy> identity) {
    return new PolicySet(identity, null, false, null, null);
  }

  /** The same with a resource's policy. */
  public PolicySet with(@Nullable AttachedPolicy resource, boolean resourceMustAllow) {
    return resource == this.resource
        ? this
        : new PolicySet(identity, resource, resourceMustAllow, boundary, session);
  }
}
