package io.pipelab.local.iam;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Decision;
import io.pipelab.local.policy.Evaluation;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import io.pipelab.local.policy.RequestContext;
import io.pipelab.local.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * What policies would say to actions on resources (IAM User Guide, "IAM policy testing with the IAM
 * policy simulator"): the same evaluation that decides about calls, with no more context than the
 * caller gives.
 *
 * @param boundary none, or all documents of one boundary
 * @param resource the resource's policy; null without one
 */
record Simulation(
    Caller caller,
    List<SimulatedPolicy> identity,
    List<SimulatedPolicy> boundary,
    @Nullable SimulatedPolicy resource,
    Map<String, List<String>> context) {
  Simulation {
    Map<String, List<String>> lower = new LinkedHashMap<>();
    context.forEach((key, values) -> lower.put(key.toLowerCase(Locale.ROOT), values));
    context = lower;
  }

  /** The result for one action on one resource. */
  EvaluationResult evaluate(String action, String resourceArn) {
    RequestContext request = new RequestContext(caller, action, resourceArn, context);
    PolicyEvaluationDecisionType decision = decision(Evaluation.of(policies(), request));
    List<Statement> matched = matched(request, decision);
    List<String> missing = missing();
    PermissionsBoundaryDecisionDetail bounded = bounded(request);
    ResourceSpecificResult specific =
        ResourceSpecificResult.builder()
            .evalResourceName(resourceArn)
            .evalResourceDecision(decision)
            .matchedStatements(matched)
            .missingContextValues(missing)
            .permissionsBoundaryDecisionDetail(bounded)
            .build();
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalResourceName(resourceArn)
        .evalDecision(decision)
        .matchedStatements(matched)
        .missingContextValues(missing)
        .permissionsBoundaryDecisionDetail(bounded)
        .resourceSpecificResults(resourceArn.equals("*") ? null : List.of(specific))
        .build();
  }

  private PolicySet policies() {
    return new PolicySet(
        identity.stream().map(SimulatedPolicy::attached).toList(),
        resource == null ? null : resource.attached(),
        false,
        boundaryPolicy(),
        null);
  }

  private @Nullable AttachedPolicy boundaryPolicy() {
    if (boundary.isEmpty()) {
      return null;
    }
    Policy all = Policy.union(boundary.stream().map(each -> each.document().policy()).toList());
    return new AttachedPolicy(PolicyKind.BOUNDARY, boundary.get(0).id(), all);
  }

  private static PolicyEvaluationDecisionType decision(Verdict verdict) {
    if (verdict.allows()) {
      return PolicyEvaluationDecisionType.ALLOWED;
    }
    return verdict instanceof Verdict.ExplicitDeny
        ? PolicyEvaluationDecisionType.EXPLICIT_DENY
        : PolicyEvaluationDecisionType.IMPLICIT_DENY;
  }

  /** What decides: all that denies, or else all that allows. */
  private List<Statement> matched(RequestContext request, PolicyEvaluationDecisionType decision) {
    boolean allow = decision != PolicyEvaluationDecisionType.EXPLICIT_DENY;
    return all().flatMap(policy -> policy.matching(request, allow).stream()).toList();
  }

  private Stream<SimulatedPolicy> all() {
    List<SimulatedPolicy> all = new ArrayList<>(identity);
    all.addAll(boundary);
    if (resource != null) {
      all.add(resource);
    }
    return all.stream();
  }

  private List<String> missing() {
    return ContextKeys.of(all().map(SimulatedPolicy::document).toList()).stream()
        .filter(key -> !context.containsKey(key.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private @Nullable PermissionsBoundaryDecisionDetail bounded(RequestContext request) {
    AttachedPolicy policy = boundaryPolicy();
    return policy == null
        ? null
        : PermissionsBoundaryDecisionDetail.builder()
            .allowedByPermissionsBoundary(policy.policy().decide(request) == Decision.ALLOW)
            .build();
  }
}
