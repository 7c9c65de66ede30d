package io.pipelab.workflow.up;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Phases;
import io.pipelab.workflow.down.EmptyStack;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.stack.StandingPhase;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.util.List;

/** Empties what an update to an earlier phase removes: CloudFormation deletes no full bucket. */
public final class EmptyRemoved implements Step {
  private final LabInstance instance;
  private final Lab.StackSpec spec;
  private final String phase;
  private final Cloud cloud;

  public EmptyRemoved(LabInstance instance, Lab.StackSpec spec, String phase, Cloud cloud) {
    this.instance = instance;
    this.spec = spec;
    this.phase = phase;
    this.cloud = cloud;
  }

  @Override
  public String title() {
    return "Empty what belongs to phases after " + phase;
  }

  @Override
  public void run(Progress progress) {
    Phases phases = instance.lab().phases();
    String stack = instance.stackName(spec);
    List<String> removed =
        new Stacks(cloud.clients().cloudFormation())
            .find(stack)
            .map(found -> StandingPhase.of(phases, spec, found))
            .map(standing -> phases.resourcesBetween(phase, standing))
            .orElse(List.of());
    if (removed.isEmpty()) {
      return;
    }
    progress.note("removed with the later phases: " + String.join(", ", removed));
    new EmptyStack(stack, removed::contains, cloud).run(progress);
  }
}
