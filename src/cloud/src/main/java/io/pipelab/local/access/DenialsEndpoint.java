package io.pipelab.local.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.policy.Verdict;
import io.pipelab.local.policy.Verdict.ExplicitDeny;
import io.pipelab.local.policy.Verdict.ImplicitDeny;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /_pipelab/denied} tells the last refusals, the latest first, and {@code
 * /_pipelab/denied/ID} the one of an id: what AWS's GetRequestAuthorizationDetails is for. The
 * gateway's door guards it as everything else.
 */
public final class DenialsEndpoint implements HttpEndpoint {
  private static final String PATH = "/_pipelab/denied";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Denials denials;
  private final Enforcement enforcement;

  public DenialsEndpoint(Denials denials, Enforcement enforcement) {
    this.denials = denials;
    this.enforcement = enforcement;
  }

  @Override
  public boolean accepts(HttpCall call) {
    return call.method().equals("GET")
        && (call.rawPath().equals(PATH) || call.rawPath().startsWith(PATH + "/"));
  }

  @Override
  public void handle(HttpCall call) throws IOException {
    String path = call.rawPath();
    List<Denial> asked =
        path.equals(PATH)
            ? denials.latest()
            : denials.find(path.substring(PATH.length() + 1)).map(List::of).orElse(List.of());
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("denied");
    asked.forEach(each -> list.add(json(each)));
    call.respond(200, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(answer));
  }

  private ObjectNode json(Denial denial) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", denial.id())
            .put("requestId", denial.requestId())
            .put("time", denial.time().toString())
            .put("times", denial.times())
            .put("still", enforcement.refuses(denial.use()))
            .put("caller", denial.use().caller().arn())
            .put("action", denial.use().action())
            .put("resource", denial.use().resource());
    Verdict verdict = denial.verdict();
    if (verdict instanceof ExplicitDeny deny) {
      json.put("policyKind", deny.policy().kind().words());
      json.put("policy", deny.policy().name());
      json.put("sid", deny.sid());
      json.put("statementNumber", deny.position() + 1);
    } else if (verdict instanceof ImplicitDeny missing) {
      json.put("policyKind", missing.missing().words());
      json.put("statement", AllowingStatement.of(denial.use(), missing.missing()));
    }
    return json;
  }
}
