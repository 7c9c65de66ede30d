package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.policy.PolicyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** IAM's policy simulator: SimulatePrincipalPolicy, SimulateCustomPolicy and what they need. */
final class SimulationActions {
  private static final String INPUT = "PolicyInputList";
  private static final String BOUNDARY_INPUT = "PermissionsBoundaryPolicyInputList";

  private final PolicySources sources;

  SimulationActions(PolicySources sources) {
    this.sources = sources;
  }

  void addTo(Actions actions) {
    actions
        .on(SimulateCustomPolicyRequest.class, this::simulateCustomPolicy)
        .on(SimulatePrincipalPolicyRequest.class, this::simulatePrincipalPolicy)
        .on(GetContextKeysForCustomPolicyRequest.class, this::getContextKeysForCustomPolicy)
        .on(GetContextKeysForPrincipalPolicyRequest.class, this::getContextKeysForPrincipalPolicy);
  }

  private SimulateCustomPolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest request) {
    requireCaller(request.resourcePolicy(), request.callerArn());
    Simulation simulation =
        new Simulation(
            caller(request.callerArn()),
            passed(PolicyKind.IDENTITY, INPUT, request.policyInputList()),
            passed(
                PolicyKind.BOUNDARY, BOUNDARY_INPUT, request.permissionsBoundaryPolicyInputList()),
            resource(request.resourcePolicy()),
            context(request.contextEntries()));
    Page<EvaluationResult> page =
        Listing.page(
            results(simulation, request.actionNames(), request.resourceArns()),
            request.marker(),
            request.maxItems());
    return SimulateCustomPolicyResponse.builder()
        .evaluationResults(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private SimulatePrincipalPolicyResponse simulatePrincipalPolicy(
      SimulatePrincipalPolicyRequest request) {
    Page<EvaluationResult> page =
        Listing.page(
            results(simulation(request), request.actionNames(), request.resourceArns()),
            request.marker(),
            request.maxItems());
    return SimulatePrincipalPolicyResponse.builder()
        .evaluationResults(page.items())
        .isTruncated(page.next() != null)
        .marker(page.next())
        .build();
  }

  private Simulation simulation(SimulatePrincipalPolicyRequest request) {
    PolicySources.Source source = sources.of(request.policySourceArn());
    List<SimulatedPolicy> policies = new ArrayList<>(source.policies());
    policies.addAll(passed(PolicyKind.IDENTITY, INPUT, request.policyInputList()));
    List<SimulatedPolicy> boundary =
        passed(PolicyKind.BOUNDARY, BOUNDARY_INPUT, request.permissionsBoundaryPolicyInputList());
    Map<String, List<String>> context = new LinkedHashMap<>(source.keys());
    context.putAll(context(request.contextEntries()));
    return new Simulation(
        request.callerArn() == null ? source.caller() : caller(request.callerArn()),
        policies,
        boundary.isEmpty() ? source.boundary() : boundary,
        resource(request.resourcePolicy()),
        context);
  }

  private GetContextKeysForCustomPolicyResponse getContextKeysForCustomPolicy(
      GetContextKeysForCustomPolicyRequest request) {
    return GetContextKeysForCustomPolicyResponse.builder()
        .contextKeyNames(keys(passed(PolicyKind.IDENTITY, INPUT, request.policyInputList())))
        .build();
  }

  private GetContextKeysForPrincipalPolicyResponse getContextKeysForPrincipalPolicy(
      GetContextKeysForPrincipalPolicyRequest request) {
    List<SimulatedPolicy> policies =
        new ArrayList<>(sources.of(request.policySourceArn()).policies());
    policies.addAll(passed(PolicyKind.IDENTITY, INPUT, request.policyInputList()));
    return GetContextKeysForPrincipalPolicyResponse.builder()
        .contextKeyNames(keys(policies))
        .build();
  }

  private static List<String> keys(List<SimulatedPolicy> policies) {
    return List.copyOf(ContextKeys.of(policies.stream().map(SimulatedPolicy::document).toList()));
  }

  private static List<EvaluationResult> results(
      Simulation simulation, List<String> actions, List<String> resources) {
    List<String> arns = resources.isEmpty() ? List.of("*") : resources;
    List<EvaluationResult> results = new ArrayList<>();
    for (String action : actions) {
      ActionNames.mistake(List.of(action))
          .ifPresent(
              mistake -> {
                throw AwsError.badRequest("InvalidInput", "Invalid Entity Action: " + action);
              });
      arns.forEach(arn -> results.add(simulation.evaluate(action, arn)));
    }
    return results;
  }

  private static List<SimulatedPolicy> passed(PolicyKind kind, String input, List<String> texts) {
    List<SimulatedPolicy> policies = new ArrayList<>();
    for (String text : texts) {
      String id = input + "." + (policies.size() + 1);
      policies.add(SimulatedPolicy.passed(kind, id, text));
    }
    return policies;
  }

  private static @Nullable SimulatedPolicy resource(@Nullable String document) {
    return document == null
        ? null
        : SimulatedPolicy.passed(PolicyKind.RESOURCE, "ResourcePolicy", document);
  }

  private static void requireCaller(@Nullable String resourcePolicy, @Nullable String callerArn) {
    if (resourcePolicy != null && callerArn == null) {
      throw AwsError.badRequest(
          "InvalidInput", "CallerArn is required when ResourcePolicy is specified.");
    }
  }

  /** Without an ARN the policies are nobody's. */
  private static Caller caller(@Nullable String arn) {
    if (arn == null) {
      return new Caller.User("arn:aws:iam::000000000000:user/", "", "", "");
    }
    if (!arn.matches("arn:aws:iam::\\d{12}:user/.+")) {
      throw AwsError.badRequest("InvalidInput", "Invalid Entity Arn: " + arn);
    }
    return new Caller.User(arn, "", arn.substring(arn.lastIndexOf('/') + 1), "");
  }

  private static Map<String, List<String>> context(List<ContextEntry> entries) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    entries.forEach(each -> context.put(each.contextKeyName(), each.contextKeyValues()));
    return context;
  }
}
