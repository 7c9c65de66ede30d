package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.Policy;

/**
 * A policy document as it is stored: what is shown of it, and what is asked about calls, read once.
 */
record Document(JsonNode json, Policy policy) {
  /**
   * Keeps a document whose grammar was looked at.
   *
   * @throws AwsError MalformedPolicyDocument when it cannot be evaluated
   */
  static Document of(JsonNode json) {
    try {
      return new Document(json, Policy.parse(json.toString()));
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest("MalformedPolicyDocument", "Syntax errors in policy.");
    }
  }

  /** A policy of a user, a group or a role, or one that a session is narrowed to. */
  static Document identityPolicy(String text) {
    return of(PolicyDocuments.identityPolicy(text));
  }

  /** A managed policy. */
  static Document managedPolicy(String text) {
    return of(PolicyDocuments.managedPolicy(text));
  }

  /** A role's trust policy. */
  static Document trustPolicy(String text) {
    return of(PolicyDocuments.trustPolicy(text));
  }

  /** As IAM's answers carry it: JSON, percent-encoded. */
  String encoded() {
    return PolicyDocuments.encoded(json);
  }

  /** Characters, by which IAM's quotas count; white space between members is none. */
  int size() {
    return json.toString().length();
  }
}
