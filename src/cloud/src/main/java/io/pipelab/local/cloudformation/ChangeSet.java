package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.LiveStack;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;

/**
 * A change set: a deployment that waits to be executed.
 *
 * @param basis what the stack was asked to be when the change set was made; it is obsolete when
 *     that is different by now
 * @param problem why it cannot be executed, or null
 * @param executed whether it has been
 */
record ChangeSet(
    String id,
    String name,
    LiveStack stack,
    boolean creates,
    @Nullable String description,
    Instant created,
    Deployment deployment,
    @Nullable Deployment basis,
    List<Change> changes,
    @Nullable String problem,
    boolean executed) {

  ChangeSet asExecuted() {
    return new ChangeSet(
        id, name, stack, creates, description, created, deployment, basis, changes, problem, true);
  }
}
