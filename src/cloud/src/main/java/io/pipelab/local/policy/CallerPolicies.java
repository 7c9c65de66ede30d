package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;
import java.util.List;
import java.util.Map;

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

  /**
   * The condition keys that tell of the caller: {@code aws:userid}, {@code aws:username}, {@code
   * aws:PrincipalTag/...} and the like (IAM User Guide, "AWS global condition context keys").
   */
  default Map<String, List<String>> keysOf(Caller caller) {
    return Map.of();
  }
}
