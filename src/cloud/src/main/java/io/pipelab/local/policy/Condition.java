package io.pipelab.local.policy;

import java.util.List;

/**
 * One line of a statement's {@code Condition}: an operator, a key and the values of which one must
 * match.
 */
record Condition(ConditionOperator operator, String key, List<PolicyText> values) {
  boolean holds(RequestContext request) {
    return operator.holds(values, request.values(key), request);
  }
}
