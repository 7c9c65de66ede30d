package io.pipelab.local.policy;

import io.pipelab.local.kernel.Caller;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param sid its id; null when it has none
 * @param position its place in the document, from 0
 * @param allow its effect
 * @param principals null in an identity's policy, where the identity itself is meant
 * @param notPrincipals the other way round: everyone but these
 * @param actions patterns in lower case; empty when {@code notActions} is used
 * @param resources patterns; empty when {@code notResources} is used, or when the statement has
 *     neither
 */
record Statement(
    @Nullable String sid,
    int position,
    boolean allow,
    @Nullable Principals principals,
    @Nullable Principals notPrincipals,
    List<Glob> actions,
    List<Glob> notActions,
    List<PolicyText> resources,
    List<PolicyText> notResources,
    List<Condition> conditions) {

  /** How the statement names the caller, if it speaks of this request; else not at all. */
  Naming appliesTo(RequestContext request) {
    if (!speaksOfAction(request.lowerCaseAction()) || !speaksOfResource(request)) {
      return Naming.NOT_AT_ALL;
    }
    Naming naming = naming(request.caller());
    if (naming == Naming.NOT_AT_ALL) {
      return naming;
    }
    for (Condition condition : conditions) {
      if (!condition.holds(request)) {
        return Naming.NOT_AT_ALL;
      }
    }
    return naming;
  }

  private Naming naming(Caller caller) {
    if (principals != null) {
      return principals.naming(caller);
    }
    boolean excepted = notPrincipals != null && notPrincipals.naming(caller) != Naming.NOT_AT_ALL;
    return excepted ? Naming.NOT_AT_ALL : Naming.ITSELF;
  }

  private boolean speaksOfAction(String action) {
    if (actions.isEmpty()) {
      return !anyMatches(notActions, action);
    }
    return anyMatches(actions, action);
  }

  private static boolean anyMatches(List<Glob> patterns, String text) {
    for (Glob pattern : patterns) {
      if (pattern.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private boolean speaksOfResource(RequestContext request) {
    for (PolicyText pattern : resources) {
      Glob glob = pattern.glob(request);
      if (glob != null && glob.matches(request.resource())) {
        return true;
      }
    }
    return resources.isEmpty() && isOutside(notResources, request);
  }

  /** A variable without a value makes a statement speak of nothing, never of everything. */
  private static boolean isOutside(List<PolicyText> patterns, RequestContext request) {
    for (PolicyText pattern : patterns) {
      Glob glob = pattern.glob(request);
      if (glob == null || glob.matches(request.resource())) {
        return false;
      }
    }
    return true;
  }

  /** Action names do not care about case; SQS and SNS policies also write {@code SQS:*}. */
  static Glob action(String pattern) {
    return Glob.of(pattern.toLowerCase(Locale.ROOT));
  }
}
