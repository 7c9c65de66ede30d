package io.pipelab.local.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.policy.PolicyKind;
import java.util.List;

/** The smallest statement that would have allowed a use, ready to paste into a policy. */
final class AllowingStatement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSED_TO = "iam:PassedToService";

  private AllowingStatement() {}

  /** The statement as JSON, for a policy of the kind that was silent. */
  static String of(Use use, PolicyKind missing) {
    ObjectNode statement = JSON.createObjectNode().put("Effect", "Allow");
    boolean trust = missing == PolicyKind.TRUST;
    if (trust || missing == PolicyKind.RESOURCE) {
      statement.putObject("Principal").put("AWS", principal(use.caller()));
    }
    statement.put("Action", use.action());
    if (!trust) { // a role's trust policy is about that role
      statement.put("Resource", resource(use.resource()));
    }
    List<String> services = use.keys().getOrDefault(PASSED_TO, List.of());
    if (services.size() == 1) {
      statement.putObject("Condition").putObject("StringEquals").put(PASSED_TO, services.get(0));
    }
    return statement.toPrettyString();
  }

  private static String principal(Caller caller) {
    return caller instanceof Caller.RoleSession session ? session.roleArn() : caller.arn();
  }

  /** Streams of logs come and go under names that nobody knows before: their group is meant. */
  private static String resource(String resource) {
    int stream = resource.indexOf(":log-stream:");
    return resource.startsWith("arn:aws:logs:") && stream > 0
        ? resource.substring(0, stream) + ":*"
        : resource;
  }
}
