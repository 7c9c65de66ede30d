package io.pipelab.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.policy.PolicyEdits;
import org.jspecify.annotations.Nullable;

/** What AddPermission and RemovePermission do to a function's policy document. */
final class Policies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Policies() {}

  /**
   * The document with one more statement.
   *
   * @throws io.pipelab.local.kernel.AwsError ResourceConflictException when the id is taken
   */
  static String with(@Nullable String document, ObjectNode statement) {
    String sid = statement.path("Sid").asText();
    if (PolicyEdits.has(document, sid)) {
      throw Errors.conflict(
          "The statement id ("
              + sid
              + ") provided already exists. Please provide a new statement id, or remove the"
              + " existing statement.");
    }
    ObjectNode policy = document == null ? empty() : read(document);
    ((ArrayNode) policy.path("Statement")).add(statement);
    return policy.toString();
  }

  /**
   * The document without a statement; null when none is left.
   *
   * @throws io.pipelab.local.kernel.AwsError ResourceNotFoundException when there is no such id
   */
  static @Nullable String without(String document, String sid) {
    if (!PolicyEdits.has(document, sid)) {
      throw Errors.notFound("Statement " + sid + " is not found in resource policy.");
    }
    return PolicyEdits.without(document, sid);
  }

  private static ObjectNode empty() {
    ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17").put("Id", "default");
    policy.putArray("Statement");
    return policy;
  }

  private static ObjectNode read(String document) {
    try {
      return (ObjectNode) JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy that is not JSON was stored", e);
    }
  }
}
