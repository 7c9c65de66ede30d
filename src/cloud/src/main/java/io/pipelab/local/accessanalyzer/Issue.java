package io.pipelab.local.accessanalyzer;

import java.util.Locale;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFindingType;

/**
 * What may be wrong with a policy (IAM User Guide, "IAM policy validation check reference"): its
 * code is the constant's name, its message AWS's.
 */
enum Issue {
  JSON_SYNTAX_ERROR("Fix the JSON syntax error at index %s line %s column %s."),
  DATA_TYPE_MISMATCH("The text does not match the expected JSON data type %s."),
  INVALID_POLICY_ELEMENT("The policy element %s is not valid."),
  INVALID_VERSION("The version %s is not valid. Use one of the following versions: %s"),
  MISSING_STATEMENT("Add a statement to the policy"),
  MISSING_EFFECT("Add an Effect element to the policy statement with a value of Allow or Deny."),
  INVALID_EFFECT("The effect %s is not valid. Use Allow or Deny."),
  MISSING_ACTION("Add an Action or NotAction element to the policy statement."),
  MISSING_RESOURCE("Add a Resource or NotResource element to the policy statement."),
  MISSING_PRINCIPAL("Add a Principal element to the policy statement."),
  UNSUPPORTED_PRINCIPAL(
      "The policy type %s does not support the Principal element. Remove the Principal element."),
  UNSUPPORTED_ELEMENT_COMBINATION(
      "The policy elements %s and %s can not be used in the same statement. Remove one of these"
          + " elements."),
  INVALID_CONDITION_OPERATOR(
      "The condition operator %s is not valid. Use a valid condition operator."),
  UNIQUE_SIDS_REQUIRED(
      "Duplicate statement IDs are not supported for this policy type. Update the Sid value."),
  PASS_ROLE_WITH_STAR_IN_RESOURCE(
      ValidatePolicyFindingType.SECURITY_WARNING,
      "Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive"
          + " because it allows iam:PassRole permissions on multiple resources. We recommend that"
          + " you specify resource ARNs or add the iam:PassedToService condition key to your"
          + " statement."),
  MISSING_VERSION(
      ValidatePolicyFindingType.WARNING,
      "We recommend that you specify the Version element to help you with debugging permission"
          + " issues."),
  EMPTY_ARRAY_ACTION(
      ValidatePolicyFindingType.SUGGESTION,
      "This statement includes no actions and does not affect the policy. Specify actions."),
  EMPTY_ARRAY_RESOURCE(
      ValidatePolicyFindingType.SUGGESTION,
      "This statement includes no resources and does not affect the policy. Specify resources.");

  private static final String PAGE =
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
          + "#access-analyzer-reference-policy-checks-";

  private final ValidatePolicyFindingType type;
  private final String message;

  Issue(String message) {
    this(ValidatePolicyFindingType.ERROR, message);
  }

  Issue(ValidatePolicyFindingType type, String message) {
    this.type = type;
    this.message = message;
  }

  ValidatePolicyFindingType type() {
    return type;
  }

  String message(Object... values) {
    return message.formatted(values);
  }

  /** Where AWS explains it: the page's anchors are made of the type and the name. */
  String link() {
    String kind =
        switch (type) {
          case WARNING -> "general-warning";
          default -> type.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    return PAGE + kind + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
