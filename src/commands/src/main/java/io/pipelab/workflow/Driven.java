package io.pipelab.workflow;

/**
 * The lab that an action is done to.
 *
 * @param runId what everything that is sent carries
 */
public record Driven(
    LabInstance instance, String runId, Artifacts artifacts, Cloud cloud, Bindings bindings) {}
