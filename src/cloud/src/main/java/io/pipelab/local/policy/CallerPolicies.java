package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;

/**
 * Port to IAM and STS: the policies that bind a caller. It is asked at every call, so whoever
 * implements it parses a document once.
 */
@FunctionalInterface
public interface CallerPolicies {
  /**
   * The caller's own policies and his groups', his permissions boundary and his session's policy;
   * the resource's policy is not part of it. A caller who is not there any more has none.
   */
  PolicySet of(Caller caller);
}
