package io.pipelab.workflow.step;

import io.pipelab.target.AwsClients;
import io.pipelab.target.Deadline;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;

/**
 * The cloud that a workflow works on, and how it waits there.
 *
 * @param deadline the end of the whole command's time
 */
public record Cloud(Target target, AwsClients clients, Poller poller, Deadline deadline) {}
