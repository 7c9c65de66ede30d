package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.RequestContext;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * A policy that takes part in a simulation.
 *
 * @param id by which a result names it: {@code PolicyInputList.1}
 * @param text as the caller wrote it, in which its statements have their places
 */
record SimulatedPolicy(PolicyKind kind, String id, String text, Document document) {
  private static final String TYPE = "IAM Policy";
  private static final String RESOURCE_TYPE = "Resource Policy";

  /**
   * One that the caller passes.
   *
   * @throws AwsError InvalidInput when it is malformed
   */
  static SimulatedPolicy passed(PolicyKind kind, String id, String text) {
    try {
      Document document =
          kind == PolicyKind.RESOURCE
              ? Document.of(PolicyDocuments.shaped(text))
              : Document.identityPolicy(text);
      return new SimulatedPolicy(kind, id, text, document);
    } catch (AwsError e) {
      throw AwsError.badRequest("InvalidInput", "Invalid Entity: " + id + ": " + e.getMessage());
    }
  }

  /** One that an identity has. */
  static SimulatedPolicy stored(PolicyKind kind, String id, Document document) {
    return new SimulatedPolicy(kind, id, document.json().toString(), document);
  }

  AttachedPolicy attached() {
    return new AttachedPolicy(kind, id, document.policy());
  }

  /** Its statements that allow or deny a request. */
  List<Statement> matching(RequestContext request, boolean allow) {
    List<Integer> matching = document.policy().matching(request, allow);
    if (matching.isEmpty()) {
      return List.of();
    }
    List<StatementPlaces.Place> places = StatementPlaces.of(text);
    return matching.stream()
        .map(
            number ->
                Statement.builder()
                    .sourcePolicyId(id)
                    .sourcePolicyType(kind == PolicyKind.RESOURCE ? RESOURCE_TYPE : TYPE)
                    .startPosition(places.get(number).start())
                    .endPosition(places.get(number).end())
                    .build())
        .toList();
  }
}
