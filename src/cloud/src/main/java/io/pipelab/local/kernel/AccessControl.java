package io.pipelab.local.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port to whoever decides what callers may do: the wire asks it before every action, and services
 * ask it before they do something with a role.
 */
@FunctionalInterface
public interface AccessControl {
  /** Lets everybody do everything: what tests of one service stand on. */
  AccessControl NONE = (use, requestId) -> Optional.empty();

  /**
   * One action on one resource.
   *
   * @param action as policies name it, {@code sqs:SendMessage}
   * @param resource an ARN, or {@code *}
   * @param keys the condition keys that the request sets, and their values
   */
  record Use(Caller caller, String action, String resource, Map<String, List<String>> keys) {
    /** A use that sets no condition keys. */
    public Use(Caller caller, String action, String resource) {
      this(caller, action, resource, Map.of());
    }
  }

  /**
   * Why not.
   *
   * @param id by which {@code pipelab explain denied} finds it: the message's authorization id
   * @param use what was asked for
   * @param reason AWS's words behind the resource: {@code because no identity-based policy allows
   *     the sqs:SendMessage action}
   */
  record Refusal(String id, Use use, String reason) {
    /** {@code User: ARN is not authorized to perform: ACTION on resource: ARN because ...}. */
    public String message() {
      return "User: "
          + use.caller().arn()
          + " is not authorized to perform: "
          + use.action()
          + " on resource: "
          + use.resource()
          + " "
          + reason;
    }
  }

  /**
   * Nothing when the use is allowed; else why not, which is kept.
   *
   * @param requestId the id of the request that it is a part of; empty for a service's own doing
   */
  Optional<Refusal> refusal(Use use, String requestId);

  /** Whether the caller may, outside of any request; a refusal is kept. */
  default boolean allows(Use use) {
    return refusal(use, "").isEmpty();
  }
}
