package io.pipelab.workflow.drive;

import io.pipelab.workflow.step.Artifacts;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;

/**
 * The lab that an action is done to.
 *
 * @param runId what everything that is sent carries
 */
public record Driven(
    LabInstance instance, String runId, Artifacts artifacts, Cloud cloud, Bindings bindings) {}
