package io.pipelab.workflow.step;

import io.pipelab.target.AwsClients;
import io.pipelab.target.Deadline;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;

/**
 * The cloud that a workflow works on, and how it waits there.
 *
 * @param embedded whether it is this user's embedded cloud, which an endpoint may be as well: so a
 *     user of that cloud works there with keys of their own
 * @param deadline the end of the whole command's time
 */
public record Cloud(
    Target target, boolean embedded, AwsClients clients, Poller poller, Deadline deadline) {

  /** An endpoint is taken for another cloud. */
  public Cloud(Target target, AwsClients clients, Poller poller, Deadline deadline) {
    this(target, target instanceof Target.Local, clients, poller, deadline);
  }
}
