package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a create or an update wants a stack to be.
 *
 * @param timeoutMinutes minutes of real time until a creation fails, or null
 * @param onFailure what becomes of the stack when it fails
 * @param retainExceptOnCreate whether a rollback deletes new resources even if their policy says
 *     Retain
 * @param token the client's request token, which its events carry
 */
public record Deployment(
    Plan plan,
    Map<String, String> tags,
    List<String> capabilities,
    @Nullable String roleArn,
    @Nullable Integer timeoutMinutes,
    OnFailure onFailure,
    boolean retainExceptOnCreate,
    @Nullable String token,
    @Nullable String changeSetId) {

  /** What happens when a resource fails. */
  public enum OnFailure {
    ROLLBACK,
    DELETE,
    DO_NOTHING
  }
}
