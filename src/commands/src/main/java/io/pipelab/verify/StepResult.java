package io.pipelab.verify;

import java.util.List;

/**
 * What one step of the lab came to.
 *
 * @param hop where in the pipeline the step stands
 */
public record StepResult(
    String id, String title, String hop, CheckStatus status, List<CheckResult> checks) {}
