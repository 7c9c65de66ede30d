package io.pipelab.local.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.RefusalMessages;
import io.pipelab.local.policy.Verdict;
import java.util.Optional;

/**
 * What DecodeAuthorizationMessage makes of a refusal (AWS STS API Reference): who asked for what,
 * whether a statement denied it, and the values of the condition keys.
 */
public final class DecodedRefusals implements RefusalMessages {
  private final Denials denials;

  public DecodedRefusals(Denials denials) {
    this.denials = denials;
  }

  @Override
  public Optional<String> decoded(String message) {
    return denials.find(message).map(denial -> json(denial).toString());
  }

  private static JsonNode json(Denial denial) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("allowed", false);
    root.put("explicitDeny", denial.verdict() instanceof Verdict.ExplicitDeny);
    ArrayNode matched = root.putObject("matchedStatements").putArray("items");
    if (denial.verdict() instanceof Verdict.ExplicitDeny deny) {
      matched
          .addObject()
          .put("statementId", deny.sid() == null ? "" : deny.sid())
          .put("effect", "DENY")
          .put("sourcePolicyId", deny.policy().name());
    }
    root.putObject("failures").putArray("items");
    ObjectNode context = root.putObject("context");
    context.putObject("principal").put("arn", denial.use().caller().arn());
    context.put("action", denial.use().action());
    context.put("resource", denial.use().resource());
    ArrayNode conditions = context.putObject("conditions").putArray("items");
    denial
        .use()
        .keys()
        .forEach(
            (key, values) -> {
              ObjectNode condition = conditions.addObject().put("key", key);
              ArrayNode items = condition.putObject("values").putArray("items");
              values.forEach(value -> items.addObject().put("value", value));
            });
    return root;
  }
}
