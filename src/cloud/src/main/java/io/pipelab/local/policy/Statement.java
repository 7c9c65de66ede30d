package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param allow its effect
 * @param principals null in an identity's policy, where the identity itself is meant
 * @param notPrincipals the other way round: everyone but these
 * @param actions patterns; empty when {@code notActions} is used
 * @param resources patterns; empty when {@code notResources} is used, or when the statement has
 *     neither
 */
record Statement(
    boolean allow,
    @Nullable Principals principals,
    @Nullable Principals notPrincipals,
    List<String> actions,
    List<String> notActions,
    List<String> resources,
    List<String> notResources,
    List<Condition> conditions) {

  boolean appliesTo(RequestContext request) {
    return speaksOf(request.caller())
        && speaksOfAction(request.action())
        && speaksOfResource(request.resource())
        && conditions.stream().allMatch(condition -> condition.holds(request));
  }

  private boolean speaksOf(Caller caller) {
    if (principals != null) {
      return principals.include(caller);
    }
    return notPrincipals == null || !notPrincipals.include(caller);
  }

  private boolean speaksOfAction(String action) {
    return actions.isEmpty()
        ? notActions.stream().noneMatch(pattern -> matchesAction(pattern, action))
        : actions.stream().anyMatch(pattern -> matchesAction(pattern, action));
  }

  /** Action names do not care about case; SQS and SNS policies also write {@code SQS:*}. */
  private static boolean matchesAction(String pattern, String action) {
    return Wildcards.matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
  }

  private boolean speaksOfResource(String resource) {
    return resources.isEmpty()
        ? notResources.stream().noneMatch(pattern -> Wildcards.matches(pattern, resource))
        : resources.stream().anyMatch(pattern -> Wildcards.matches(pattern, resource));
  }
}
