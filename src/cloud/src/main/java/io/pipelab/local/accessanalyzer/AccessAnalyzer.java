package io.pipelab.local.accessanalyzer;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Page;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFinding;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyRequest;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyResourceType;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyResponse;

/** IAM Access Analyzer of the embedded cloud: policy validation, for the grammar of policies. */
public final class AccessAnalyzer implements AwsService {
  private static final int MOST = 100;

  @Override
  public String signingName() {
    return "access-analyzer";
  }

  @Override
  public Actions actions() {
    return new Actions().on(ValidatePolicyRequest.class, this::validatePolicy);
  }

  private ValidatePolicyResponse validatePolicy(ValidatePolicyRequest request) {
    Page<ValidatePolicyFinding> page =
        Page.of(
            GrammarCheck.of(request.policyDocument(), kind(request)),
            request.nextToken(),
            request.maxResults(),
            MOST);
    return ValidatePolicyResponse.builder().findings(page.items()).nextToken(page.next()).build();
  }

  private static GrammarCheck.Kind kind(ValidatePolicyRequest request) {
    ValidatePolicyResourceType resource = request.validatePolicyResourceType();
    return switch (request.policyType()) {
      case IDENTITY_POLICY -> GrammarCheck.Kind.IDENTITY_POLICY;
      case RESOURCE_POLICY ->
          resource == ValidatePolicyResourceType.AWS_IAM_ASSUME_ROLE_POLICY_DOCUMENT
              ? GrammarCheck.Kind.TRUST_POLICY
              : GrammarCheck.Kind.RESOURCE_POLICY;
      case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY ->
          throw AwsError.notImplemented(
              "access-analyzer:ValidatePolicy for " + request.policyTypeAsString());
      case UNKNOWN_TO_SDK_VERSION ->
          throw AwsError.badRequest(
                  "ValidationException", "Unknown policy type: " + request.policyTypeAsString())
              .with("reason", "fieldValidationFailed");
    };
  }
}
