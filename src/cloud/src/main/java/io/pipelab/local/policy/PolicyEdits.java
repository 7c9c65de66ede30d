package io.pipelab.local.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What AddPermission and RemovePermission of SQS and SNS do to a resource's policy. */
public final class PolicyEdits {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyEdits() {}

  /** Whether the policy has a statement of that id. */
  public static boolean has(@Nullable String policy, String sid) {
    for (JsonNode statement : statements(read(policy, "-"))) {
      if (statement.path("Sid").asText().equals(sid)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The policy with one more statement that allows accounts to use actions of the resource.
   *
   * @param policy the present document, or null when there is none
   * @param policyId the new document's Id
   */
  public static String allow(
      @Nullable String policy,
      String policyId,
      String sid,
      List<String> accounts,
      List<String> actions,
      String resource) {
    ObjectNode document = read(policy, policyId);
    ObjectNode statement = statements(document).addObject();
    statement.put("Sid", sid).put("Effect", "Allow");
    ArrayNode principals = JSON.createArrayNode();
    accounts.forEach(account -> principals.add("arn:aws:iam::" + account + ":root"));
    statement.putObject("Principal").set("AWS", oneOrMany(principals));
    ArrayNode names = JSON.createArrayNode();
    actions.forEach(names::add);
    statement.set("Action", oneOrMany(names));
    statement.put("Resource", resource);
    return document.toString();
  }

  /** The policy without the statement of that id; null when none is left. */
  public static @Nullable String without(@Nullable String policy, String sid) {
    ObjectNode document = read(policy, "-");
    ArrayNode statements = statements(document);
    Iterator<JsonNode> each = statements.iterator();
    while (each.hasNext()) {
      if (each.next().path("Sid").asText().equals(sid)) {
        each.remove();
      }
    }
    return statements.isEmpty() ? null : document.toString();
  }

  private static JsonNode oneOrMany(ArrayNode list) {
    return list.size() == 1 ? list.get(0) : list;
  }

  private static ObjectNode read(@Nullable String policy, String policyId) {
    if (policy == null) {
      return JSON.createObjectNode().put("Version", "2008-10-17").put("Id", policyId);
    }
    try {
      return (ObjectNode) JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy that is not JSON was stored", e);
    }
  }

  private static ArrayNode statements(ObjectNode document) {
    JsonNode statements = document.get("Statement");
    if (statements instanceof ArrayNode list) {
      return list;
    }
    ArrayNode list = document.putArray("Statement");
    if (statements != null) {
      list.add(statements);
    }
    return list;
  }
}
